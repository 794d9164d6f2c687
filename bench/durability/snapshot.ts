import type Database from "better-sqlite3";
import type { SessionStatus } from "@/lib/domain/session";

/** One session as it is found after a restart; what a source does not tell is absent. */
export interface FoundSession {
  id: string;
  status: SessionStatus;
  endReason: string | null;
  endDetail: string | null;
  epoch: number;
  reconnectCount: number;
  instanceId: string | null;
  requestCount: number;
  revision: number;
  stateVersion: number;
  stateBase: number;
  messageCount: number;
  supersededBy: string | null;
  /** The boot that holds it, and the one that held it last. */
  bootId?: string | null;
  lastBootId?: string | null;
}

export interface FoundBoot {
  bootId: string;
  status: string;
  leaseExpiresAt: number | null;
}

export interface FoundToken {
  hash: string;
  redeemedAt: number | null;
  revokedAt: number | null;
  successor: string | null;
}

export interface FoundCommand {
  id: string;
  sessionId: string;
  acknowledgedAt: number | null;
  outcome: string | null;
}

/** All that the ledger knows of, as it lies in the database at one moment. */
export interface Snapshot {
  sessions: ReadonlyMap<string, FoundSession>;
  boots: ReadonlyMap<string, FoundBoot>;
  tokens: ReadonlyMap<string, FoundToken>;
  commands: ReadonlyMap<string, FoundCommand[]>;
}

const SESSIONS = `
  SELECT s."id", s."status", s."endReason", s."endDetail", a."epoch", s."reconnectCount", s."instanceId", a."requestCount",
    coalesce(CAST(s."labels" ->> 'revision' AS INTEGER), 0) AS "revision", s."stateVersion",
    coalesce(t."json" ->> 'from', 0) AS "stateBase", s."messageCount", s."supersededBy",
    i."bootId", l."bootId" AS "lastBootId"
  FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
  LEFT JOIN "SessionState" t ON t."sessionPk" = s."pk"
  LEFT JOIN "Instance" i ON i."pk" = a."instancePk" LEFT JOIN "Instance" l ON l."pk" = s."instancePk"`;
const BOOTS = `SELECT "bootId", "status", "leaseExpiresAt" FROM "Instance"`;
const TOKENS = `
  SELECT "hash", "redeemedAt", "revokedAt", "successor" ->> 'hash' AS "successor" FROM "ReconnectToken"`;
const COMMANDS = `
  SELECT c."id", s."id" AS "sessionId", c."acknowledgedAt", c."outcome"
  FROM "Command" c JOIN "Session" s ON s."pk" = c."sessionPk"`;

export function takeSnapshot(database: Database.Database): Snapshot {
  const rowsOf = <Row>(sql: string): Row[] => database.prepare(sql).all() as Row[];
  return database.transaction(() => ({
    sessions: new Map(rowsOf<FoundSession>(SESSIONS).map((row) => [row.id, row])),
    boots: new Map(rowsOf<FoundBoot>(BOOTS).map((row) => [row.bootId, row])),
    tokens: new Map(rowsOf<FoundToken>(TOKENS).map((row) => [row.hash, row])),
    commands: bySession(rowsOf<FoundCommand>(COMMANDS)),
  }))();
}

function bySession(commands: readonly FoundCommand[]): Map<string, FoundCommand[]> {
  const found = new Map<string, FoundCommand[]>();
  for (const command of commands) found.set(command.sessionId, [...(found.get(command.sessionId) ?? []), command]);
  return found;
}
