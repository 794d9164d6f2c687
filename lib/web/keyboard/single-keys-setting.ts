import { useSyncExternalStore } from "react";

const NAME = "holdfast.single-key-shortcuts";
const CHANGED = "holdfast:single-keys";

/** Whether shortcuts of a single key are wanted: on until switched off, kept in this browser for all its tabs. */
export function useSingleKeys(): [boolean, (areOn: boolean) => void] {
  const areOn = useSyncExternalStore(subscribe, areSingleKeysOn, () => true);
  return [areOn, setSingleKeys];
}

export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(NAME) !== "off";
  } catch {
    // A browser that keeps nothing.
    return true;
  }
}

function setSingleKeys(areOn: boolean): void {
  try {
    localStorage.setItem(NAME, areOn ? "on" : "off");
  } finally {
    window.dispatchEvent(new Event(CHANGED));
  }
}

function subscribe(listener: () => void): () => void {
  // `storage` tells of other tabs only.
  window.addEventListener("storage", listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener("storage", listener);
    window.removeEventListener(CHANGED, listener);
  };
}
