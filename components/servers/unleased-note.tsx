import { Info } from "lucide-react";
import { formatCount, pluralize } from "@/lib/web/format-number";
import type { Counts } from "@/lib/web/prepare-servers";

interface UnleasedNoteProps {
  unleased: Counts;
  hasInstances: boolean;
}

/** Sessions that no process vouches for: they would not be noticed to have lost it. */
export function UnleasedNote({ unleased, hasInstances }: UnleasedNoteProps) {
  const note = describe(unleased, hasInstances);
  if (note === null) return null;
  return (
    <p className="flex items-start gap-2 border-t px-4 py-3 text-[13px] text-ink-soft sm:px-5">
      <Info aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" />
      <span>{note}</span>
    </p>
  );
}

function describe({ active, disconnected }: Counts, hasInstances: boolean): string | null {
  const count = active + disconnected;
  if (count === 0) return hasInstances ? null : "No instance of this server is running.";
  const sessions = `${pluralize(count, "session")} without a lease`;
  const ofThem = disconnected > 0 ? `, ${formatCount(disconnected)} of them disconnected` : "";
  const risk = `should ${count === 1 ? "its" : "their"} process die, nothing but the idle timeout would notice`;
  return hasInstances
    ? `${sessions}${ofThem}: ${risk}.`
    : `${sessions}${ofThem}: no instance is registered, so ${risk}.`;
}
