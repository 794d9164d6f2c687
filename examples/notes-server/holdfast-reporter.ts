import { randomUUID } from "node:crypto";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { HoldfastApi, RefusedError } from "./holdfast-api";
import type { Beat, HeartbeatsReply } from "./holdfast-wire";
import { type WatchedSession, watchSession } from "./watched-session";

/** Keeps a batch under Holdfast's limits of 1,000 beats and 256 KiB, whatever the length of the ids. */
const BEATS_PER_BATCH = 500;
/** Closes that are remembered while Holdfast is away. */
const MAX_UNREPORTED_CLOSES = 1_000;

export interface HoldfastReporterOptions {
  /** Where Holdfast listens, such as `http://127.0.0.1:3738`. */
  url: string;
  /** Name of this MCP server, as operators shall see it. */
  server: string;
  serverVersion: string;
  heartbeatMs?: number;
  /** How long one call to Holdfast may take. */
  timeoutMs?: number;
  log?: (line: string) => void;
}

export interface WatchOptions {
  /** Whom the client acts for. */
  principal: string | null;
  /** How long the client may be idle; without it, Holdfast's own default. */
  idleTimeoutMs?: number;
}

/**
 * Reports an MCP server's sessions to Holdfast and ends those that Holdfast has ended. It fails open: while Holdfast is
 * away clients notice nothing, figures add up, and the next report that gets through carries everything.
 */
export class HoldfastReporter {
  readonly #origin: { server: string; serverVersion: string; instanceId: string };
  readonly #api: HoldfastApi;
  readonly #log: (line: string) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #open = new Map<string, WatchedSession>();
  /** Closed by their clients, which Holdfast has yet to hear. */
  readonly #closed = new Map<string, WatchedSession>();
  /** Commands that have been carried out, which Holdfast has yet to hear. */
  readonly #acks = new Set<string>();
  #isReachable = true;
  #running = Promise.resolve();
  #queued: Promise<void> | undefined;

  constructor({ url, server, serverVersion, heartbeatMs = 5_000, timeoutMs = 5_000, log }: HoldfastReporterOptions) {
    this.#origin = { server, serverVersion, instanceId: randomUUID() };
    this.#api = new HoldfastApi(url, timeoutMs);
    this.#log = log ?? console.error;
    this.#timer = setInterval(() => void this.report(), heartbeatMs);
    // A reporter is never what keeps its server's process alive.
    this.#timer.unref();
  }

  /** Follows the session of this transport. Call it before the MCP server connects to the transport. */
  watch(transport: Transport, options: WatchOptions): void {
    watchSession(
      transport,
      { ...this.#origin, ...options },
      {
        onopen: (session) => {
          this.#open.set(session.registration.id, session);
          void this.report();
        },
        // Transports also close when the process shuts down, which is not the session's end: only stop reporting on it.
        onclose: (sessionId) => this.#open.delete(sessionId),
      },
    );
  }

  /** The client has ended its session with DELETE. */
  closed(sessionId: string): void {
    const session = this.#open.get(sessionId);
    if (!session) return;
    this.#open.delete(sessionId);
    this.#closed.set(sessionId, session);
    const [oldest] = this.#closed.keys();
    if (oldest !== undefined && this.#closed.size > MAX_UNREPORTED_CLOSES) this.#closed.delete(oldest);
    void this.report();
  }

  /** Reports now, or right after the report that is under way. Never rejects. */
  report(): Promise<void> {
    this.#queued ??= this.#running.then(() => {
      this.#queued = undefined;
      this.#running = this.#reportOnce();
      return this.#running;
    });
    return this.#queued;
  }

  /** Sends the last figures and stops. Nothing is reported as closed: the sessions may live on in another process. */
  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.report();
  }

  async #reportOnce(): Promise<void> {
    const closed = [...this.#closed.keys()];
    try {
      await this.#register();
      await this.#beat();
      for (const id of closed) await this.#reportClose(id);
      if (!this.#isReachable) this.#log("reporting to Holdfast again");
      this.#isReachable = true;
    } catch (error) {
      if (this.#isReachable) this.#log(`cannot report to Holdfast, carrying on without it: ${messageOf(error)}`);
      this.#isReachable = false;
    }
  }

  async #register(): Promise<void> {
    for (const session of this.#all()) {
      if (session.state !== "new") continue;
      try {
        await this.#api.register(session.registration);
        session.state = "registered";
      } catch (error) {
        if (!(error instanceof RefusedError)) throw error;
        // 409: an earlier attempt did arrive, only its answer was lost.
        session.state = error.status === 409 ? "registered" : "refused";
        if (session.state === "refused")
          this.#log(`Holdfast refuses session ${session.registration.id}: ${error.message}`);
      }
    }
  }

  async #beat(): Promise<void> {
    const registered = this.#all().filter(({ state }) => state === "registered");
    const beats = registered.map(({ registration, meter }) => ({ id: registration.id, ...meter.read() }));
    // Goes on past the last beat while commands have been carried out, so that their operator sees it at once.
    for (let start = 0; start < beats.length || this.#acks.size > 0; start += BEATS_PER_BATCH) {
      const batch = beats.slice(start, start + BEATS_PER_BATCH);
      const acks = [...this.#acks].slice(0, BEATS_PER_BATCH);
      const reply = await this.#api.beat({ beats: batch, acks });
      acks.forEach((id) => this.#acks.delete(id));
      await this.#obey(reply, batch);
    }
  }

  async #obey({ results, commands }: HeartbeatsReply, sent: Beat[]): Promise<void> {
    for (const { id, sessionId, reason } of commands) {
      // A session of another process: that one will end it and say so.
      if (!this.#find(sessionId)) continue;
      await this.#end(sessionId, `terminated by an operator: ${reason ?? "no reason given"}`);
      this.#acks.add(id);
    }
    for (const [index, { id, outcome, status, reason }] of results.entries()) {
      const session = this.#find(id);
      const beat = sent[index];
      if (!session || !beat) continue;
      if (outcome === "ok") session.meter.settle(beat);
      if (outcome === "unknown") session.state = "new";
      if (outcome === "gone") await this.#end(id, `${status ?? "ended"} (${reason ?? "unknown"})`);
    }
  }

  /** Ends the session here too: its client's next request is answered with 404. */
  async #end(sessionId: string, why: string): Promise<void> {
    const session = this.#open.get(sessionId);
    this.#open.delete(sessionId);
    this.#closed.delete(sessionId);
    if (!session) return;
    this.#log(`session ${sessionId} ends: ${why}`);
    await session.transport.close();
  }

  async #reportClose(sessionId: string): Promise<void> {
    if (this.#closed.get(sessionId)?.state === "registered") await this.#api.close(sessionId);
    this.#closed.delete(sessionId);
  }

  #all(): WatchedSession[] {
    return [...this.#open.values(), ...this.#closed.values()];
  }

  #find(sessionId: string): WatchedSession | undefined {
    return this.#open.get(sessionId) ?? this.#closed.get(sessionId);
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
