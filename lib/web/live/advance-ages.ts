import type { Session } from "@/lib/contract/session";

type Aging = Pick<Session, "status" | "idleMs" | "uptimeMs"> & Partial<Pick<Session, "inFlight">>;

/** What a session would be answered as so much later if nothing happened: its ages go on, and nobody sends them. */
export function advanceAges<T extends Aging>(session: T, elapsedMs: number): T {
  if (session.status !== "active" || elapsedMs <= 0) return session;
  // No idle time at all: a request is in flight, as far as a row that does not count them can tell.
  const isIdle = session.inFlight === undefined ? session.idleMs > 0 : session.inFlight === 0;
  return {
    ...session,
    idleMs: isIdle ? session.idleMs + elapsedMs : session.idleMs,
    uptimeMs: session.uptimeMs + elapsedMs,
  };
}
