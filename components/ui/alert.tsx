import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "@/lib/web/class-names";

interface AlertProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  tone?: "warn" | "bad";
  className?: string;
}

/** Something went wrong: what, and what can be done. Read out as soon as it appears. */
export function Alert({ title, children, action, tone = "bad", className }: AlertProps) {
  const colours = tone === "bad" ? "border-bad/25 bg-bad-soft text-bad" : "border-warn/25 bg-warn-soft text-warn";
  return (
    <div
      role="alert"
      className={classNames(
        "flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border px-3.5 py-2.5",
        colours,
        className,
      )}
    >
      <TriangleAlert aria-hidden="true" className="size-4 shrink-0" />
      <div className="min-w-0 flex-1 basis-64 text-[13px]">
        <p className="font-semibold">{title}</p>
        {children}
      </div>
      {action}
    </div>
  );
}
