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

export interface Announcer {
  announce: (changes: SessionChanges) => void;
  latest: () => Announcement;
  subscribe: (listener: () => void) => () => void;
}

const NOTHING: SessionChanges = { ended: 0, disconnected: 0 };

/** Gathers what happens into one message every five seconds at most; the first one is said at once. */
export function createAnnouncer(): Announcer {
  const listeners = new Set<() => void>();
  let latest: Announcement = { text: "", number: 0 };
  let gathered = NOTHING;
  let isWaiting = false;
  const say = () => {
    const text = describeChanges(gathered);
    gathered = NOTHING;
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
