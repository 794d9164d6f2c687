import { createContext, useContext } from "react";

export type KeyboardLayer = "palette" | "help";

/** Opens one of the layers that belong to the keyboard. */
export const KeyboardContext = createContext<(layer: KeyboardLayer) => void>(() => undefined);

export function useOpenLayer(): (layer: KeyboardLayer) => void {
  return useContext(KeyboardContext);
}
