import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Instance } from "@/lib/contract/instances";
import type { Session } from "@/lib/contract/session";
import type { LogEntry, SessionEventType } from "@/lib/domain/events";
import type { LiveSource } from "@/lib/live/live-source";
import { aSession, aSummary } from "@/lib/web/fixtures";

/** A log in memory for the live feed, which counts how often it is read and can fail. */
export class ScriptedSource implements LiveSource {
  readonly entries: LogEntry[] = [];
  readonly sessions = new Map<number, Session>();
  readonly reads = { position: 0, log: 0, sessions: 0, health: 0 };
  figures = "";
  failure: Error | null = null;
  /** Why figures cannot be read. */
  healthFailure: Error | null = null;
  readonly instances = new Map<string, Instance>();

  /** Appends an entry about session `s<pk>`. */
  append(type: SessionEventType, pk: number, facts: Partial<LogEntry> = {}): LogEntry {
    const id = `s${String(pk)}`;
    const entry = { seq: this.entries.length + 1, type, at: 0, reason: null, data: null, pk, sessionId: id };
    const full = { ...entry, server: "notes", ...facts };
    this.entries.push(full);
    this.sessions.set(pk, aSession({ id, server: full.server }));
    return full;
  }

  /** Makes a session so many characters longer. */
  enlarge(pk: number, characters: number): void {
    const session = this.sessions.get(pk);
    if (session) this.sessions.set(pk, { ...session, capabilities: { text: "x".repeat(characters) } });
  }

  now(): number {
    return 0;
  }

  async readPosition(): Promise<number> {
    this.reads.position += 1;
    return this.entries.length;
  }

  async readLog({ after, upTo, limit, server, sessionId }: Parameters<LiveSource["readLog"]>[0]): Promise<LogEntry[]> {
    this.reads.log += 1;
    if (this.failure) throw this.failure;
    return this.entries
      .filter((entry) => entry.seq > after && entry.seq <= (upTo ?? Number.POSITIVE_INFINITY))
      .filter((entry) => server === null || entry.server === server)
      .filter((entry) => sessionId === null || entry.sessionId === sessionId)
      .slice(0, limit);
  }

  async readSessions(pks: readonly number[]): Promise<ReadonlyMap<number, Session>> {
    if (pks.length > 0) this.reads.sessions += 1;
    return new Map(pks.flatMap((pk) => [...this.sessions].filter(([known]) => known === pk)));
  }

  async findPks(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map([...this.sessions].flatMap(([pk, { id }]) => (ids.includes(id) ? [[id, pk] as const] : [])));
  }

  async readInstance(id: string): Promise<Instance | null> {
    return this.instances.get(id) ?? null;
  }

  async readHealth(): Promise<SessionHealthSummary> {
    this.reads.health += 1;
    if (this.healthFailure) throw this.healthFailure;
    return aSummary();
  }

  healthFingerprint(): string {
    return this.figures;
  }
}
