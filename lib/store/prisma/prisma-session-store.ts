import { stat } from "node:fs/promises";
import type { Notice, SessionChange, SessionEventType } from "@/lib/domain/events";
import type { HealthProjection } from "@/lib/domain/projection/health-projection";
import type {
  Acknowledgement,
  Beat,
  BeatOutcome,
  NewSession,
  OpenCommand,
  SessionEnd,
  SessionRenewal,
  SessionStore,
  SessionUpdate,
  StoreStats,
} from "../session-store";
import type { WriteOutcome } from "../write-outcome";
import type { InstanceStore } from "../instance-store";
import type { LogStore } from "../log-store";
import type { MessageAppend, MessagePage, StateWrite } from "../session-content-store";
import type { FacetQuery, ListQuery } from "../session-list-store";
import type { TerminationStore } from "../termination-store";
import type { TokenStore } from "../token-store";
import type { Client } from "./connection";
import { instanceOperations } from "./instance-operations";
import { logOperations } from "./log-operations";
import {
  findSession,
  findSessionByIdempotencyKey,
  findLastEvent,
  findSessionsByPk,
  listEvents,
} from "./reads/find-sessions";
import { countFacets } from "./reads/count-facets";
import { listSessions } from "./reads/list-sessions";
import { listMessages, readState } from "./reads/read-content";
import { readOwners, readUnacknowledged } from "./reads/read-commands";
import { rebuildProjection } from "./reads/rebuild-projection";
import { recordBeats } from "./record-beats";
import { OpenCommands, type SessionOwner } from "./open-commands";
import type { Statement } from "./statement";
import { toStorageError } from "./storage-errors";
import type { StoreAccess } from "./store-access";
import { terminationOperations } from "./termination-operations";
import { tokenOperations } from "./token-operations";
import { sessionWrites } from "./session-writes";
import { WriteQueue } from "./write-queue";
import type { Grace } from "./writes/grant-grace";
import { needsSweep } from "./writes/record-expired";

const WAL_LIMIT_BYTES = 64 * 1024 * 1024;

export interface PrismaSessionStoreOptions {
  /** The one connection that writes; only the queue uses it. */
  writer: Client;
  /** Reads see committed data only, so they never run on the writer's connection. */
  reader: Client;
  databasePath: string;
  /** Releases what was acquired around the connections, such as the data folder's lock. */
  release: () => void;
}

export class PrismaSessionStore implements SessionStore {
  readonly instances: InstanceStore;
  readonly log: LogStore;
  readonly tokens: TokenStore;
  readonly terminations: TerminationStore;
  readonly #reader: Client;
  readonly #writer: Client;
  readonly #queue: WriteQueue<Statement>;
  readonly #writes: ReturnType<typeof sessionWrites>;
  readonly #options: PrismaSessionStoreOptions;
  readonly #openCommands: OpenCommands;
  readonly #access: StoreAccess;
  readonly #beats: StoreStats["beats"] = { ok: 0, gone: 0, disconnected: 0, fenced: 0, unknown: 0 };

  constructor(options: PrismaSessionStoreOptions) {
    this.#options = options;
    this.#reader = options.reader;
    this.#writer = options.writer;
    this.#writes = sessionWrites(options.writer);
    this.#openCommands = new OpenCommands((ids) => this.#read((client) => readOwners(client, ids)));
    this.#queue = new WriteQueue({ commit: (statements) => options.writer.$transaction(statements) });
    this.#access = {
      writer: options.writer,
      submit: (write, operation) => this.#queue.submit(write, operation),
      read: (query) => this.#read(query),
    };
    const forgetOwner = (sessionId: string): void => {
      this.#openCommands.forgetOwner(sessionId);
    };
    this.instances = instanceOperations(this.#access, forgetOwner);
    this.log = logOperations(this.#access, (listener) => {
      this.#queue.onLogged(listener);
    });
    this.terminations = terminationOperations(this.#access);
    this.tokens = tokenOperations(this.#access, {
      onOwnerChanged: forgetOwner,
      onCommand: (command) => {
        this.#openCommands.announce(command);
      },
    });
  }

  createSession(input: NewSession) {
    return this.#queue.submit(this.#writes.create, input);
  }

  async recordBeats(beats: readonly Beat[], now: number): Promise<BeatOutcome[]> {
    const outcomes = await recordBeats(this.#access, this.#writes.beats, { beats, now });
    for (const { outcome } of outcomes) this.#beats[outcome] += 1;
    return outcomes;
  }

  updateSession(input: SessionUpdate) {
    return this.#queue.submit(this.#writes.update, input);
  }

  async endSession(input: SessionEnd): Promise<WriteOutcome> {
    const result = await this.#queue.submit(this.#writes.end, input);
    if (result.outcome === "won" && result.wasOpen && input.commandId !== null) {
      this.#openCommands.announce({
        id: input.commandId,
        type: "terminate",
        sessionId: input.id,
        reason: input.detail,
        owner: result.session,
        createdAt: input.now,
      });
    }
    return result;
  }

  renewSession(input: SessionRenewal) {
    return this.#queue.submit(this.#writes.renew, input);
  }

  async acknowledgeCommands(acks: readonly Acknowledgement[], now: number): Promise<readonly string[]> {
    const acknowledged = await this.#queue.submit(this.#writes.acknowledge, { acks, now });
    for (const id of acknowledged) this.#openCommands.settle(id);
    for (const { id, outcome, by } of acks) {
      if (outcome === "unknown_session" && by) this.#openCommands.decline(id, by.instanceId);
    }
    return acknowledged;
  }

  async recordExpired(now: number, limit: number) {
    const [due] = await this.#reader.$queryRaw<unknown[]>`
      SELECT 1 FROM "SessionActivity" WHERE ${needsSweep(now)} LIMIT 1`;
    if (due === undefined) return { expired: 0, more: false };
    return this.#queue.submit(this.#writes.expire, { now, limit });
  }

  grantGrace(window: Grace) {
    return this.#queue.submit(this.#writes.grace, window);
  }

  async purgeEnded(endedBefore: number, limit: number): Promise<number> {
    const due = await this.#reader.session.findFirst({
      where: { endedAt: { lt: endedBefore } },
      orderBy: { endedAt: "asc" },
      select: { pk: true },
    });
    return due === null ? 0 : this.#queue.submit(this.#writes.purge, { endedBefore, limit });
  }

  findSession(id: string) {
    return this.#read((client) => findSession(client, id));
  }

  findSessionByIdempotencyKey(key: string) {
    return this.#read((client) => findSessionByIdempotencyKey(client, key));
  }

  findSessionsByPk(pks: readonly number[]) {
    return this.#read((client) => findSessionsByPk(client, pks));
  }

  listSessions(query: ListQuery) {
    return this.#read((client) => listSessions(client, query));
  }

  countFacets(query: FacetQuery) {
    return this.#read((client) => countFacets(client, query));
  }

  listEvents(id: string, page: { after: number; limit: number }) {
    return this.#read((client) => listEvents(client, id, page));
  }

  findLastEvent(id: string, types: readonly SessionEventType[]) {
    return this.#read((client) => findLastEvent(client, id, types));
  }

  async recordNotices(notices: readonly Notice[]): Promise<void> {
    await this.#queue.submit(this.#writes.notices, notices);
  }

  openCommands(sessionIds: readonly string[], since: number): Promise<OpenCommand[]> {
    return this.#openCommands.forSessions(sessionIds, since);
  }

  openCommandsOf({ server, id }: { server: string; id: string }, since: number): OpenCommand[] {
    return this.#openCommands.forInstance({ server, instanceId: id }, since);
  }

  onCommand(listener: (address: SessionOwner) => void): void {
    this.#openCommands.onCommand(listener);
  }

  async rebuild(projection: HealthProjection, now: number): Promise<void> {
    await rebuildProjection(this.#reader, projection, now);
    for (const command of await readUnacknowledged(this.#reader)) this.#openCommands.add(command);
  }

  readState(id: string) {
    return this.#read((client) => readState(client, id));
  }

  writeState(input: StateWrite) {
    return this.#queue.submit(this.#writes.state, input);
  }

  appendMessages(input: MessageAppend) {
    return this.#queue.submit(this.#writes.messages, input);
  }

  listMessages(id: string, page: MessagePage) {
    return this.#read((client) => listMessages(client, id, page));
  }

  onCommit(listener: (changes: readonly SessionChange[]) => void): void {
    this.#queue.onCommit(listener);
  }

  async startRun(now: number) {
    const last = await this.#reader.registryRun.findFirst({ orderBy: { id: "desc" }, select: { lastSeenAt: true } });
    const runId = await this.#queue.submit(this.#writes.run, { type: "start", now });
    return { runId, lastSeenAt: last ? Number(last.lastSeenAt) : null };
  }

  async markRunAlive(runId: number, now: number): Promise<void> {
    await this.#queue.submit(this.#writes.run, { type: "alive", runId, now });
  }

  async stopRun(runId: number, now: number): Promise<void> {
    await this.#queue.submit(this.#writes.run, { type: "stop", runId, now });
  }

  async ping(): Promise<void> {
    await this.#read((client) => client.$queryRaw`SELECT 1 FROM "RegistryRun" LIMIT 1`);
  }

  async stats(): Promise<StoreStats> {
    const walBytes = await this.#walBytes();
    const openCommands = this.#openCommands.size;
    return { queuedWrites: this.#queue.waiting, walBytes, openCommands, beats: { ...this.#beats } };
  }

  async maintain(): Promise<{ walBytes: number }> {
    const walBytes = await this.#walBytes();
    // Passive, and not on the writer's connection: it must never make a write wait.
    if (walBytes > WAL_LIMIT_BYTES) await this.#reader.$queryRaw`PRAGMA wal_checkpoint(PASSIVE)`;
    return { walBytes };
  }

  async close(): Promise<void> {
    await this.#queue.close();
    await this.#reader.$disconnect();
    await this.#writer.$disconnect();
    this.#options.release();
  }

  async #read<Result>(query: (client: Client) => PromiseLike<Result>): Promise<Result> {
    try {
      return await query(this.#reader);
    } catch (error) {
      throw toStorageError(error);
    }
  }

  async #walBytes(): Promise<number> {
    try {
      return (await stat(`${this.#options.databasePath}-wal`)).size;
    } catch {
      // No file: nothing has been written since the last full checkpoint.
      return 0;
    }
  }
}
