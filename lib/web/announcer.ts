/** How much time lies between two messages at least: a busy registry must not talk all the time. */
export const ANNOUNCE_EVERY_MS = 5_000;

/** Sessions that something has happened to. */
export interface SessionChanges {
  ended: number;
  disconnected: number;
}

/** What was said last; its number tells it from the same words said before. */
export interface Announcement {
  text: string;
  number: number;
}

/** What is told of the list on screen. */
export type NewsTopic = "total" | "arrivals" | "selection";

export interface Announcer {
  announce: (changes: SessionChanges) => void;
  /** Of each topic the latest is said. */
  tell: (topic: NewsTopic, text: string) => void;
  latest: () => Announcement;
  subscribe: (listener: () => void) => () => void;
}

const NOTHING: SessionChanges = { ended: 0, disconnected: 0 };

/** Gathers what happens, and what is told, into one message every five seconds at most; the first one is said at once. */
export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>();
  let latest: Announcement = { text: "", number: 0 };
  let gathered = NOTHING;
  const told = new Map<NewsTopic, string>();
  let isWaiting = false;
  const say = () => {
    const text = [describeChanges(gathered), ...told.values()].filter((part) => part !== "").join(". ");
    gathered = NOTHING;
    told.clear();
    isWaiting = text !== "";
    if (!isWaiting) return;
    latest = { text, number: latest.number + 1 };
    for (const listener of listeners) listener();
    setTimeout(say, ANNOUNCE_EVERY_MS);
  };
  return {
    announce: (changes) => {
      gathered = {
        ended: gathered.ended + changes.ended,
        disconnected: gathered.disconnected + changes.disconnected,
      };
      if (!isWaiting) say();
    },
    tell: (topic, text) => {
      told.set(topic, text);
      if (!isWaiting) say();
    },
    latest: () => latest,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

/** "3 sessions ended, 1 disconnected"; empty when nothing has happened. */
export function describeChanges({ ended, disconnected }: SessionChanges): string {
  const parts = [
    { count: ended, verb: "ended" },
    { count: disconnected, verb: "disconnected" },
  ].filter(({ count }) => count > 0);
  return parts
    .map(({ count, verb }, index) =>
      index === 0 ? `${String(count)} ${count === 1 ? "session" : "sessions"} ${verb}` : `${String(count)} ${verb}`,
    )
    .join(", ");
}
