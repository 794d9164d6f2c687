"use client";

import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { SHORTCUT_GROUPS, SHORTCUTS } from "@/lib/web/keyboard/shortcuts";
import { useSingleKeys } from "@/lib/web/keyboard/single-keys-setting";
import { Keys } from "./keys";
import { usePaletteKey } from "./use-palette-key";

interface HelpDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** What can be pressed, and the switch for those who press keys without meaning to: speech input, unsteady hands. */
export function HelpDialog({ isOpen, onClose }: HelpDialogProps) {
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent className="max-w-md">
        <DialogTitle>Keyboard shortcuts</DialogTitle>
        <DialogDescription>They wait while you type, and while a dialog or a menu is open.</DialogDescription>
        <ShortcutList />
        <SingleKeysSwitch />
      </DialogContent>
    </Dialog>
  );
}

function ShortcutList() {
  const paletteKey = usePaletteKey();
  const [areOn] = useSingleKeys();
  return (
    <div className="mt-4 space-y-4">
      {SHORTCUT_GROUPS.map((group) => (
        <section key={group} aria-label={group}>
          <h3 className="mb-1 text-xs font-medium text-ink-soft">{group}</h3>
          <dl className="divide-y rounded-lg border px-3 text-[13px]">
            {group === "Anywhere" && <Shortcut label="Search sessions and commands" keys={[paletteKey]} />}
            {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ id, label, keys }) => (
              <Shortcut key={id} label={label} keys={keys} isOff={!areOn && keys[0].length === 1} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

interface ShortcutProps {
  label: string;
  keys: readonly string[];
  isOff?: boolean;
}

function Shortcut({ label, keys, isOff = false }: ShortcutProps) {
  return (
    <div className="flex items-center justify-between gap-4 py-1.5">
      <dt className={isOff ? "text-ink-soft line-through" : ""}>{label}</dt>
      <dd>{isOff ? <span className="text-xs text-ink-soft">off</span> : <Keys keys={keys} />}</dd>
    </div>
  );
}

function SingleKeysSwitch() {
  const [areOn, setAreOn] = useSingleKeys();
  return (
    <label className="mt-4 flex cursor-pointer items-start gap-2.5 text-[13px]">
      <input
        type="checkbox"
        checked={areOn}
        onChange={(event) => {
          setAreOn(event.target.checked);
        }}
        className="mt-0.5 size-4 accent-accent"
      />
      <span>
        <span className="font-medium">Shortcuts of a single key</span>
        <span className="block text-ink-soft">Kept in this browser. Off, the search key above still works.</span>
      </span>
    </label>
  );
}
