import type { ReactNode } from "react";

interface EmptyNoteProps {
  children: ReactNode;
}

/** Says in a card that there is nothing to show, and that this is no mistake. */
export function EmptyNote({ children }: EmptyNoteProps) {
  return <p className="rounded-lg border border-dashed px-4 py-6 text-center text-[13px] text-ink-soft">{children}</p>;
}
