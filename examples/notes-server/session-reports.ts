import type { CommandDesk } from "./command-desk";
import { type HoldfastApi, RefusedError } from "./holdfast-api";
import type { HoldfastInstance } from "./holdfast-instance";
import type { Beat, BeatResult, DrainState } from "./holdfast-wire";
import { INITIALIZE_KEY } from "./restore-sessions";
import type { SessionRoster } from "./session-roster";
import type { WatchedSession } from "./watched-session";

/** Keeps a heartbeat under Holdfast's limits of 1,000 sessions and 256 KiB, whatever the length of the ids. */
const BATCH = 500;

export interface ReportOptions {
  api: HoldfastApi;
  instance: HoldfastInstance;
  sessions: SessionRoster;
  desk: CommandDesk;
  /** Ends a session here too: its client's next request is answered with 404. */
  end: (sessionId: string, why: string) => Promise<unknown>;
  onDrain: (drain: DrainState | null) => void;
  log: (line: string) => void;
}

/** Brings Holdfast up to date with the sessions of this process, and this process with Holdfast. */
export class SessionReports {
  readonly #to: ReportOptions;

  constructor(options: ReportOptions) {
    this.#to = options;
  }

  /** One report. Throws when Holdfast is away; what it has not heard then comes with the next one. */
  async send(): Promise<void> {
    const { sessions } = this.#to;
    const closed = sessions.closed();
    for (const session of sessions.all()) if (session.state === "new") await this.#register(session);
    for (const session of sessions.open()) await this.#keep(session);
    await this.#beat();
    for (const session of closed) await this.#reportClose(session);
  }

  /** At once, so that operators see it; what does not get through goes with the next heartbeat. */
  async acknowledge(): Promise<void> {
    const { api, instance, desk } = this.#to;
    const acks = desk.unheard(BATCH);
    if (acks.length === 0) return;
    try {
      await instance.run((boot) => api.acknowledge(boot, acks));
      desk.heard(acks);
    } catch {
      // The heartbeat says so when Holdfast is away.
    }
  }

  async #register(session: WatchedSession): Promise<void> {
    const { api, instance, log } = this.#to;
    const { registration } = session;
    try {
      session.epoch = (await instance.run((boot) => api.createSession(boot, registration))).epoch;
      session.state = "registered";
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // It came in just before the drain: it is registered once that ends.
      if (error.code === "instance_draining") return;
      if (error.code === "session_exists") {
        // An earlier attempt did arrive, only its answer was lost.
        session.epoch = (await api.readSession(registration.id)).epoch;
        session.state = "registered";
        return;
      }
      session.state = "refused";
      log(`Holdfast refuses session ${registration.id}: ${error.message}`);
    }
  }

  /** Leaves with Holdfast what another process needs to restore the session. */
  async #keep(session: WatchedSession): Promise<void> {
    if (session.state !== "registered" || session.isKept) return;
    const { registration, epoch, initialize } = session;
    try {
      await this.#to.api.mergeState({ id: registration.id, epoch }, { [INITIALIZE_KEY]: initialize });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Disconnected for the moment: it is kept once it is claimed. If it has ended, the heartbeat says so.
      if (error.code === "session_disconnected") return;
    }
    session.isKept = true;
  }

  /** The first batch goes out even when it is empty: it is the process's own sign of life. */
  async #beat(): Promise<void> {
    const { api, instance, sessions, desk, onDrain } = this.#to;
    const registered = sessions.all().filter(({ state }) => state === "registered");
    const beats = registered.map(({ registration, meter }) => ({ id: registration.id, ...meter.read() }));
    for (let start = 0; start === 0 || start < beats.length; start += BATCH) {
      const batch = beats.slice(start, start + BATCH);
      const acks = desk.unheard(BATCH);
      const reply = await instance.run((boot) => api.beat(boot, { sessions: batch, acks }));
      desk.heard(acks);
      onDrain(reply.drain);
      for (const command of reply.commands) await desk.carryOut(command);
      for (const [index, result] of reply.results.entries()) await this.#heed(result, batch[index]);
      await this.acknowledge();
    }
  }

  async #heed({ id, outcome, status, reason }: BeatResult, sent: Beat | undefined): Promise<void> {
    const session = this.#to.sessions.find(id);
    if (!session || !sent) return;
    switch (outcome) {
      case "ok":
        session.meter.settle(sent);
        break;
      case "unknown":
        session.state = "new";
        session.isKept = false;
        break;
      case "disconnected":
        await this.#claim(session);
        break;
      case "fenced":
        await this.#to.end(id, "another process has taken it over");
        break;
      case "gone":
        await this.#to.end(id, `${status ?? "ended"} (${reason ?? "unknown"})`);
    }
  }

  /** It was taken for lost with an earlier boot of this process, but here it is. */
  async #claim(session: WatchedSession): Promise<void> {
    const { api, instance, end } = this.#to;
    const { id } = session.registration;
    try {
      session.epoch = (await instance.run((boot) => api.claim(boot, id))).epoch;
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      if (error.code === "session_owned") await end(id, "another process has taken it over");
      // If it has ended meanwhile, the next heartbeat says so.
    }
  }

  /** A session that has ended otherwise meanwhile, or that Holdfast does not know, needs no closing. */
  async #reportClose({ registration: { id }, state }: WatchedSession): Promise<void> {
    const { api, sessions } = this.#to;
    try {
      if (state === "registered") await api.closeSession(id);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
    }
    sessions.drop(id);
  }
}
