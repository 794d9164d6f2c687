import { createContext, useContext } from "react";

/** Whether the page hangs on a wall: read from afar, touched by nobody. */
export const KioskContext = createContext(false);

export function useIsKiosk(): boolean {
  return useContext(KioskContext);
}
