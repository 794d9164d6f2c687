"use client";

import { Info } from "lucide-react";
import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";

interface ToggleTipProps {
  /** What the tip is about: the name of its button. */
  label: string;
  children: ReactNode;
}

/** More about something, on hover and focus as well as on a tap, where a plain tooltip stays shut. */
export function ToggleTip({ label, children }: ToggleTipProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Tooltip.Root open={isOpen} onOpenChange={setIsOpen}>
      <Tooltip.Trigger
        aria-label={label}
        // Pressing a Radix tooltip's trigger closes it; here it opens.
        onPointerDown={(event) => {
          event.preventDefault();
        }}
        onClick={(event) => {
          event.preventDefault();
          setIsOpen(true);
        }}
        className="grid size-6 place-items-center rounded-full text-ink-soft transition-colors hover:bg-sunken hover:text-ink"
      >
        <Info aria-hidden="true" className="size-4" />
      </Tooltip.Trigger>
      {/* In place, not in a portal: content belongs inside a landmark. */}
      <Tooltip.Content
        side="bottom"
        sideOffset={6}
        collisionPadding={12}
        className="z-50 max-w-72 animate-[appear_120ms_ease-out] rounded-lg border bg-surface px-3 py-2.5 text-[13px] font-normal text-ink shadow-float"
      >
        {children}
      </Tooltip.Content>
    </Tooltip.Root>
  );
}
