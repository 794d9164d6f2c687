"use client";

import { useContext, useSyncExternalStore } from "react";
import type { Announcement } from "@/lib/web/announcer";
import { AnnouncerContext } from "@/lib/web/announcer-context";

const SILENCE: Announcement = { text: "", number: 0 };

/** The one place where screen readers hear what happens to sessions. */
export function LiveRegion() {
  const { subscribe, latest } = useContext(AnnouncerContext);
  const { text, number } = useSyncExternalStore(subscribe, latest, () => SILENCE);
  return (
    <div role="status" aria-label="Session changes" className="sr-only">
      {/* A new element each time: the same words twice are news twice. */}
      {text !== "" && <p key={number}>{text}</p>}
    </div>
  );
}
