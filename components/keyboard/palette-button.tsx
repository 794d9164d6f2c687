"use client";

import { Search } from "lucide-react";
import { useOpenLayer } from "./keyboard-context";
import { usePaletteKey } from "./use-palette-key";

/** The way to the palette for those who do not know its key, or have none. */
export function PaletteButton() {
  const openLayer = useOpenLayer();
  const paletteKey = usePaletteKey();
  return (
    <button
      type="button"
      aria-label="Search sessions and commands"
      aria-keyshortcuts="Control+K Meta+K"
      onClick={() => {
        openLayer("palette");
      }}
      className="flex size-9 items-center justify-center gap-2 rounded-md text-ink-soft transition-colors hover:bg-sunken hover:text-ink md:w-auto md:border md:border-line-strong md:bg-surface md:pr-1.5 md:pl-2.5 md:shadow-card"
    >
      <Search aria-hidden="true" className="size-4" />
      <span className="hidden text-[13px] md:inline">Search</span>
      <kbd className="ml-3 hidden rounded-md border border-b-2 bg-sunken px-1.5 font-sans text-xs font-medium text-ink-soft md:inline">
        {paletteKey}
      </kbd>
    </button>
  );
}
