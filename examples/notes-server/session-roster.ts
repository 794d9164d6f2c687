import type { WatchedSession } from "./watched-session";

/** Closes that are remembered while Holdfast is away. */
const MAX_UNREPORTED_CLOSES = 1_000;

/** The sessions of one process, as far as Holdfast is to hear of them. */
export class SessionRoster {
  readonly #open = new Map<string, WatchedSession>();
  /** Closed by their clients, which Holdfast has yet to hear. */
  readonly #closed = new Map<string, WatchedSession>();

  add(session: WatchedSession): void {
    this.#open.set(session.registration.id, session);
  }

  /** Its client has closed it. Answers whether that is news. */
  close(id: string): boolean {
    const session = this.#open.get(id);
    if (!session) return false;
    this.#open.delete(id);
    this.#closed.set(id, session);
    const [oldest] = this.#closed.keys();
    if (oldest !== undefined && this.#closed.size > MAX_UNREPORTED_CLOSES) this.#closed.delete(oldest);
    return true;
  }

  /** Forgets a session; answers it if it was still open. */
  drop(id: string): WatchedSession | undefined {
    const session = this.#open.get(id);
    this.#open.delete(id);
    this.#closed.delete(id);
    return session;
  }

  /** Its transport is gone, for whatever reason; a close by the client is still to be reported. */
  dropOpen(id: string): void {
    this.#open.delete(id);
  }

  find(id: string): WatchedSession | undefined {
    return this.#open.get(id) ?? this.#closed.get(id);
  }

  all(): WatchedSession[] {
    return [...this.#open.values(), ...this.#closed.values()];
  }

  open(): WatchedSession[] {
    return [...this.#open.values()];
  }

  closed(): WatchedSession[] {
    return [...this.#closed.values()];
  }
}
