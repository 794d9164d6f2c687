import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { CommandDesk } from "./command-desk";
import { describeProcess } from "./describe-process";
import { followCommands } from "./follow-commands";
import { HoldfastApi } from "./holdfast-api";
import { HoldfastInstance } from "./holdfast-instance";
import type { DrainState } from "./holdfast-wire";
import { restoreSessions, type StoredSession } from "./restore-sessions";
import { SessionReports } from "./session-reports";
import { SessionRoster } from "./session-roster";
import { type WatchedSession, watchSession } from "./watched-session";

export interface HoldfastReporterOptions {
  /** Where Holdfast listens, such as `http://127.0.0.1:3738`. */
  url: string;
  /** Name of this MCP server, as operators shall see it. */
  server: string;
  serverVersion: string;
  /** Name of this process among those of the server; the same after a restart. */
  instanceId: string;
  heartbeatMs?: number;
  /** Silence after which Holdfast takes the process for lost; without it, Holdfast's own default. */
  leaseMs?: number | undefined;
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
 * Reports an MCP server's process and its sessions to Holdfast, and ends those that Holdfast has ended. It fails open: while
 * Holdfast is away clients notice nothing, figures add up, and the next report that gets through carries everything.
 */
export class HoldfastReporter {
  readonly #origin: { server: string; serverVersion: string };
  readonly #api: HoldfastApi;
  readonly #instance: HoldfastInstance;
  readonly #log: (line: string) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #stopping = new AbortController();
  readonly #sessions = new SessionRoster();
  readonly #desk = new CommandDesk((sessionId, why) => this.#end(sessionId, why));
  readonly #reports: SessionReports;
  /** Epochs of sessions that are being restored. */
  readonly #restoring = new Map<string, number>();
  #drain: DrainState | null = null;
  #isReachable = true;
  #isStopped = false;
  #running = Promise.resolve();
  #queued: Promise<void> | undefined;

  constructor({ url, heartbeatMs = 5_000, timeoutMs = 5_000, log = console.error, ...self }: HoldfastReporterOptions) {
    const { server, serverVersion, instanceId, leaseMs } = self;
    this.#origin = { server, serverVersion };
    this.#log = log;
    this.#api = new HoldfastApi(url, timeoutMs);
    this.#instance = new HoldfastInstance({
      api: this.#api,
      instanceId,
      describe: () => ({ ...this.#origin, ...describeProcess(), ...(leaseMs !== undefined && { leaseMs }) }),
      log,
    });
    this.#reports = new SessionReports({
      api: this.#api,
      instance: this.#instance,
      sessions: this.#sessions,
      desk: this.#desk,
      end: (sessionId, why) => this.#end(sessionId, why),
      onDrain: (drain) => (this.#drain = drain),
      log,
    });
    this.#timer = setInterval(() => void this.report(), heartbeatMs);
    // A reporter is never what keeps its server's process alive.
    this.#timer.unref();
    void this.#follow();
  }

  /** Whether an operator wants this process to take no new sessions; those that it has go on. */
  get isDraining(): boolean {
    return this.#drain !== null;
  }

  /** Follows the session of this transport. Call it before the MCP server connects to the transport. */
  watch(transport: Transport, options: WatchOptions): void {
    watchSession(
      transport,
      { ...this.#origin, ...options },
      {
        onopen: (session) => {
          this.#opened(session);
        },
        // Transports also close when the process shuts down, which is not the session's end: only stop reporting on it.
        onclose: (sessionId) => {
          this.#sessions.dropOpen(sessionId);
        },
      },
    );
  }

  /** The client has ended its session with DELETE. */
  closed(sessionId: string): void {
    if (this.#sessions.close(sessionId)) void this.report();
  }

  /**
   * Takes up the sessions that lost their process, `open` being how one becomes usable again: on a transport that is
   * watched. Waits for Holdfast if it is away. Never rejects; answers how many.
   */
  async restore(open: (session: StoredSession) => Promise<void>): Promise<number> {
    return restoreSessions({
      api: this.#api,
      instance: this.#instance,
      server: this.#origin.server,
      open: async (session) => {
        this.#restoring.set(session.id, session.epoch);
        await open(session).finally(() => this.#restoring.delete(session.id));
      },
      signal: this.#stopping.signal,
      log: this.#log,
    });
  }

  /** Reports now, or right after the report that is under way. Never rejects. */
  report(): Promise<void> {
    if (this.#isStopped) return Promise.resolve();
    this.#queued ??= this.#running.then(() => {
      this.#queued = undefined;
      this.#running = this.#reportOnce();
      return this.#running;
    });
    return this.#queued;
  }

  /** Sends the last figures and says goodbye. No session is closed by that: they wait for another process. */
  async stop(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    clearInterval(this.#timer);
    this.#stopping.abort();
    await this.report();
    this.#isStopped = true;
    // Whom nobody hears, nobody misses before the lease is over.
    await this.#instance.sayGoodbye().catch(() => undefined);
  }

  #opened(session: WatchedSession): void {
    const epoch = this.#restoring.get(session.registration.id);
    if (epoch !== undefined) {
      Object.assign(session, { state: "registered", isKept: true, epoch });
      // The replay was not the client's doing.
      session.meter.settle(session.meter.read());
    }
    this.#sessions.add(session);
    void this.report();
  }

  #follow(): Promise<void> {
    return followCommands({
      open: (from) => this.#instance.run((boot) => this.#api.openCommands(boot, from)),
      onCommand: (command) => void this.#desk.carryOut(command).then(() => this.#reports.acknowledge()),
      onDrain: (drain) => (this.#drain = drain),
      signal: this.#stopping.signal,
    });
  }

  async #reportOnce(): Promise<void> {
    try {
      await this.#reports.send();
      if (!this.#isReachable) this.#log("reporting to Holdfast again");
      this.#isReachable = true;
    } catch (error) {
      if (this.#isReachable) this.#log(`cannot report to Holdfast, carrying on without it: ${messageOf(error)}`);
      this.#isReachable = false;
    }
  }

  /** Answers whether this process had the session. */
  async #end(sessionId: string, why: string): Promise<boolean> {
    const isKnown = this.#sessions.find(sessionId) !== undefined;
    const session = this.#sessions.drop(sessionId);
    if (session) {
      this.#log(`session ${sessionId} ends: ${why}`);
      await session.transport.close();
    }
    return isKnown;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
