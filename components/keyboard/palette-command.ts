import type { LucideIcon } from "lucide-react";
import type { ShortcutId } from "@/lib/web/keyboard/shortcuts";

/** One line of the palette. */
export interface PaletteCommand {
  id: string;
  label: string;
  keywords?: string | undefined;
  Icon: LucideIcon;
  /** The keys that do the same. */
  shortcut?: ShortcutId;
  run: () => void;
}

export interface PaletteGroup {
  heading: string;
  commands: readonly PaletteCommand[];
}
