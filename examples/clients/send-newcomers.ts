import { setTimeout as pause } from "node:timers/promises";
import { type ClientProfile, openNotesSession } from "./notes-session";

const VISITORS: readonly [ClientProfile, ...ClientProfile[]] = [
  { name: "pocket-agent", version: "0.3.2" },
  { name: "lantern", version: "1.0.0-beta.4" },
  { name: "orbit-desktop", version: "7.2.0", capabilities: { roots: {} } },
  { name: "scribe", version: "2.0.1" },
];

export interface NewcomersOptions {
  url: URL;
  signal: AbortSignal;
  everyMs?: number;
}

/** Lets a new client in every few seconds. Most stay a while and say goodbye; every third hangs up without a word. */
export async function sendNewcomers({ url, signal, everyMs = 4_000 }: NewcomersOptions): Promise<void> {
  for (let count = 0; !signal.aborted; count += 1) {
    const profile = VISITORS[count % VISITORS.length] ?? VISITORS[0];
    void visit({ url, profile, signal, isRude: count % 3 === 2 }).catch(() => undefined);
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

interface Visit {
  url: URL;
  profile: ClientProfile;
  signal: AbortSignal;
  isRude: boolean;
}

/** A visitor whose session goes wrong does not come back; the next one is on the way. */
async function visit({ url, profile, signal, isRude }: Visit): Promise<void> {
  const session = await openNotesSession(url, profile);
  try {
    for (let calls = 0; calls < 3; calls += 1) {
      await session.call("list_notes", { limit: 3 });
      await pause(2_500, undefined, { signal });
    }
    if (!isRude) await session.end();
  } finally {
    await session.drop();
  }
}
