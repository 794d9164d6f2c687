import { useEffect, useEffectEvent, useRef } from "react";
import { NO_KEYS, pressKey } from "./press-key";
import { isCharacterKey, isPaletteKey, keyOf, readsAsShortcut } from "./reads-as-shortcut";
import type { ShortcutId } from "./shortcuts";
import { areSingleKeysOn } from "./single-keys-setting";

interface KeyPresses {
  /** Answers whether the key press is used up. */
  onShortcut: (shortcut: ShortcutId) => boolean;
  /** The palette's key; answers whether the key press is used up. */
  onPalette: () => boolean;
}

/** Listens to the whole window, after everything on the page has had its chance. */
export function useKeyPresses({ onShortcut, onPalette }: KeyPresses): void {
  const sequence = useRef(NO_KEYS);
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (isPaletteKey(event)) {
      if (!event.defaultPrevented && onPalette()) event.preventDefault();
      return;
    }
    const key = keyOf(event);
    // Holding shift for the next key is no key of a sequence.
    if (["Shift", "CapsLock"].includes(key) || !readsAsShortcut(event)) return;
    if (isCharacterKey(key) && !areSingleKeysOn()) return;
    const outcome = pressKey(sequence.current, { key, at: Date.now() });
    sequence.current = outcome.sequence;
    if (outcome.shortcut !== null && onShortcut(outcome.shortcut)) event.preventDefault();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      onKeyDown(event);
    };
    window.addEventListener("keydown", listen);
    return () => {
      window.removeEventListener("keydown", listen);
    };
  }, []);
}
