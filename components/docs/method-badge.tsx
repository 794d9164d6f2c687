import { classNames } from "@/lib/web/class-names";

const COLOURS: Record<string, string> = {
  GET: "bg-good-soft text-good",
  POST: "bg-accent-soft text-accent-strong",
  PATCH: "bg-warn-soft text-warn",
  PUT: "bg-warn-soft text-warn",
  DELETE: "bg-bad-soft text-bad",
};

interface MethodBadgeProps {
  method: string;
  /** Of a fixed width, for lists. */
  isShort?: boolean;
}

export function MethodBadge({ method, isShort = false }: MethodBadgeProps) {
  return (
    <span
      className={classNames(
        "shrink-0 rounded-md text-center font-mono font-semibold",
        isShort ? "w-11 py-0.5 text-[10px]" : "px-2 py-1 text-xs",
        COLOURS[method] ?? "bg-sunken text-ink-soft",
      )}
    >
      {isShort && method === "DELETE" ? "DEL" : method}
    </span>
  );
}
