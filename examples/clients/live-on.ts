import { setTimeout as pause } from "node:timers/promises";
import type { Behaviour } from "./behaviours";
import { type ClientProfile, type NotesSession, openNotesSession, SessionEndedError } from "./notes-session";

export interface LifeOptions {
  url: URL;
  profile: ClientProfile;
  behaviour: Behaviour;
  signal: AbortSignal;
  /** How long somebody takes to notice that something went wrong and to start again. */
  recoverMs?: number;
  /** How long a call is repeated for while the server is away. */
  patienceMs?: number;
  log?: (line: string) => void;
  warn?: (line: string) => void;
}

/** Lives one client's life, session after session, until the signal. */
export async function liveOn({
  url,
  profile,
  behaviour,
  signal,
  recoverMs = 4_000,
  patienceMs = 0,
  log = console.log,
  warn = console.error,
}: LifeOptions): Promise<void> {
  const name = profile.name.padEnd(16);
  const say = (line: string): void => {
    log(`${name} ${line}`);
  };
  const wait = (ms: number): Promise<void> => pause(ms, undefined, { signal });
  const isOver = (): boolean => signal.aborted;

  while (!isOver()) {
    let session: NotesSession | undefined;
    try {
      session = await openNotesSession(url, profile, {
        patienceMs,
        onAway: () => {
          warn(`${name} its server went away; asks again`);
        },
        onBack: () => {
          warn(`${name} is served again, session ${session?.id ?? ""} goes on`);
        },
      });
      say(`connected, session ${session.id}`);
      await behaviour({ session, pause: wait, log: say });
    } catch (error) {
      if (isOver()) break;
      warn(`${name} ${describe(error)}; starting afresh in ${String(recoverMs / 1_000)} s`);
      await wait(recoverMs).catch(() => undefined);
    } finally {
      await session?.drop();
    }
  }
}

function describe(error: unknown): string {
  if (error instanceof SessionEndedError) return error.message;
  return `trouble: ${error instanceof Error ? error.message : String(error)}`;
}
