import { createContext, useContext } from "react";
import { type Announcer, createAnnouncer, type SessionChanges } from "./announcer";

export const AnnouncerContext = createContext<Announcer>(createAnnouncer());

/** Says to screen readers what has happened to sessions, gathered and no more often than they can follow. */
export function useAnnounce(): (changes: SessionChanges) => void {
  return useContext(AnnouncerContext).announce;
}

/** Says to screen readers what somebody's own action has led to, among all the rest. */
export function useTell(): Announcer["tell"] {
  return useContext(AnnouncerContext).tell;
}
