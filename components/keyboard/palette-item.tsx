import { Command } from "cmdk";
import { shortcutKeys } from "@/lib/web/keyboard/shortcuts";
import { useSingleKeys } from "@/lib/web/keyboard/single-keys-setting";
import { Keys } from "./keys";
import type { PaletteCommand } from "./palette-command";

/** For whatever line of the palette. */
export const PALETTE_LINE =
  "flex cursor-pointer items-center gap-2.5 rounded-lg px-2.5 py-2 text-[13px] data-[selected=true]:bg-sunken data-[selected=true]:outline-1 data-[selected=true]:-outline-offset-1 data-[selected=true]:outline-line-strong";

interface PaletteItemProps {
  command: PaletteCommand;
  onSelect: () => void;
}

export function PaletteItem({ command: { id, label, Icon, shortcut }, onSelect }: PaletteItemProps) {
  const [areSingleKeysOn] = useSingleKeys();
  return (
    <Command.Item value={`command ${id}`} onSelect={onSelect} className={PALETTE_LINE}>
      <Icon aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
      <span className="min-w-0 flex-1 truncate">{label}</span>
      {shortcut && areSingleKeysOn && <Keys keys={shortcutKeys(shortcut)} className="hidden sm:inline-flex" />}
    </Command.Item>
  );
}
