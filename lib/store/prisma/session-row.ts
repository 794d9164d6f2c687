import type { EndReason, JsonObject, SessionKind, SessionRecord, SessionStatus } from "@/lib/domain/session";
import type { Client } from "./connection";
import { Prisma } from "./generated/client";

type Integer = number | bigint;

/** One row of `SESSION_COLUMNS`, as the driver answers it. */
export interface SessionRow {
  pk: Integer;
  id: string;
  kind: string;
  server: string;
  serverVersion: string | null;
  instanceId: string | null;
  clientId: string | null;
  clientInfo: string | null;
  capabilities: string | null;
  protocolVersion: string | null;
  transport: string | null;
  principal: string | null;
  mcpServers: string;
  labels: string;
  idleTimeoutMs: Integer;
  lifetimeMs: Integer | null;
  status: string;
  endReason: string | null;
  endDetail: string | null;
  createdAt: Integer;
  endedAt: Integer | null;
  reconnectCount: Integer;
  messageCount: Integer;
  stateVersion: Integer;
  supersedes: string | null;
  supersededBy: string | null;
  instancePk: Integer | null;
  tokenExpiresAt: Integer | null;
  lastActivityAt: Integer;
  lastHeartbeatAt: Integer | null;
  inFlight: Integer;
  requestCount: Integer;
  errorCount: Integer;
  lifetimeEndsAt: Integer | null;
  deadlineAt: Integer;
  disconnectedAt: Integer | null;
  epoch: Integer;
}

/** Goes with `SESSION_TABLES`: s is the session, a its activity, v its server. */
export const SESSION_COLUMNS = Prisma.sql`
  s."pk", s."id", s."kind", v."name" AS "server", s."serverVersion", s."instanceId", s."clientId", s."clientInfo",
  s."capabilities", s."protocolVersion", s."transport", s."principal", s."mcpServers", s."labels", s."idleTimeoutMs",
  s."lifetimeMs", s."status", s."endReason", s."endDetail", s."createdAt", s."endedAt", s."reconnectCount",
  s."messageCount", s."stateVersion", s."supersedes", s."supersededBy", s."instancePk", s."tokenExpiresAt", a."lastActivityAt",
  a."lastHeartbeatAt", a."inFlight", a."requestCount", a."errorCount", a."lifetimeEndsAt", a."deadlineAt",
  a."disconnectedAt", a."epoch"`;

export const SESSION_TABLES = Prisma.sql`
  "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" JOIN "Server" v ON v."id" = s."serverId"`;

function numberOrNull(value: Integer | null): number | null {
  return value === null ? null : Number(value);
}

function jsonOrNull(text: string | null): JsonObject | null {
  return text === null ? null : (JSON.parse(text) as JsonObject);
}

/** The columns hold what the contract admitted, so their closed sets and JSON are trusted here. */
export function toSessionRecord(row: SessionRow): SessionRecord {
  return {
    pk: Number(row.pk),
    id: row.id,
    kind: row.kind as SessionKind,
    server: row.server,
    serverVersion: row.serverVersion,
    instanceId: row.instanceId,
    clientId: row.clientId,
    clientInfo: jsonOrNull(row.clientInfo),
    capabilities: jsonOrNull(row.capabilities),
    protocolVersion: row.protocolVersion,
    transport: row.transport,
    principal: row.principal,
    mcpServers: JSON.parse(row.mcpServers) as string[],
    labels: JSON.parse(row.labels) as Record<string, string>,
    idleTimeoutMs: Number(row.idleTimeoutMs),
    lifetimeMs: numberOrNull(row.lifetimeMs),
    status: row.status as SessionStatus,
    endReason: row.endReason as EndReason | null,
    endDetail: row.endDetail,
    createdAt: Number(row.createdAt),
    endedAt: numberOrNull(row.endedAt),
    reconnectCount: Number(row.reconnectCount),
    messageCount: Number(row.messageCount),
    stateVersion: Number(row.stateVersion),
    supersedes: row.supersedes,
    supersededBy: row.supersededBy,
    instancePk: numberOrNull(row.instancePk),
    tokenExpiresAt: numberOrNull(row.tokenExpiresAt),
    activity: {
      lastActivityAt: Number(row.lastActivityAt),
      lastHeartbeatAt: numberOrNull(row.lastHeartbeatAt),
      inFlight: Number(row.inFlight),
      requestCount: Number(row.requestCount),
      errorCount: Number(row.errorCount),
      lifetimeEndsAt: numberOrNull(row.lifetimeEndsAt),
      deadlineAt: Number(row.deadlineAt),
      disconnectedAt: numberOrNull(row.disconnectedAt),
      epoch: Number(row.epoch),
    },
  };
}

export function readSessionById(client: Client, id: string) {
  return client.$queryRaw<SessionRow[]>`SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES} WHERE s."id" = ${id}`;
}

/** `ids` is a JSON array of session ids. */
export function readSessionsById(client: Client, ids: string) {
  return client.$queryRaw<SessionRow[]>`
    SELECT ${SESSION_COLUMNS} FROM ${SESSION_TABLES} WHERE s."id" IN (SELECT value FROM json_each(${ids}))`;
}
