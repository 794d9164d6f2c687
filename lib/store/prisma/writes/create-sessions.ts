import type { SessionRecord } from "@/lib/domain/session";
import type { CreateOutcome, NewSession } from "../../session-store";
import { initialActivity, toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import { searchableName } from "../searchable-name";
import { originOf } from "../session-origin";
import type { SessionWrite } from "../statement";

/**
 * Inserts new sessions with their activity and their first event. An id or key in use loses, without an error, and so does
 * an instance that is being drained or has another boot by now.
 */
export function createSessionsWrite(client: Client): SessionWrite<NewSession, CreateOutcome> {
  return {
    name: "create",
    folds: false,
    keysOf: ({ facts, idempotency }) => (idempotency ? [facts.id, `key:${idempotency.key}`] : [facts.id]),
    prepare: (operations) => {
      const rows = JSON.stringify(operations.map(toColumns));
      return {
        statements: [
          insertServers(client, rows),
          insertSessions(client, rows),
          insertEvents(client, rows),
          insertActivity(client, rows),
        ],
        settle: (answers) => settle(operations, answers[1] as InsertedRow[]),
      };
    },
  };
}

function toColumns({ facts, bootId = null, idempotency, now }: NewSession) {
  const { clientInfo, capabilities, mcpServers, labels } = facts;
  const name = clientInfo?.["name"];
  return {
    ...facts,
    bootId,
    clientName: searchableName(name),
    clientInfo: clientInfo && JSON.stringify(clientInfo),
    capabilities: capabilities && JSON.stringify(capabilities),
    mcpServers: JSON.stringify(mcpServers),
    labels: JSON.stringify(labels),
    now,
    ...initialActivity(now, facts.idleTimeoutMs, facts.lifetimeMs),
    key: idempotency?.key ?? null,
    hash: idempotency?.hash ?? null,
  };
}

interface InsertedRow {
  pk: number | bigint;
  id: string;
  instancePk: number | bigint | null;
  lostBootId: string | null;
}

function settle(operations: readonly NewSession[], inserted: InsertedRow[]) {
  const rowOf = new Map(inserted.map((row) => [row.id, row]));
  const results = operations.map((operation): CreateOutcome => {
    const row = rowOf.get(operation.facts.id);
    if (!row) return { outcome: "lost" };
    return { outcome: "created", session: toRecord(row, operation), lostBootId: row.lostBootId };
  });
  const changes = results.flatMap((result) => {
    if (result.outcome !== "created") return [];
    const { pk, createdAt, activity } = result.session;
    const origin = originOf(result.session);
    return [{ type: "created" as const, pk, createdAt, activity: toActivityChange(activity), origin }];
  });
  return { results, changes };
}

function toRecord({ pk, instancePk }: InsertedRow, { facts, now }: NewSession): SessionRecord {
  return {
    ...facts,
    pk: Number(pk),
    instancePk: instancePk === null ? null : Number(instancePk),
    tokenExpiresAt: null,
    status: "active",
    endReason: null,
    endDetail: null,
    createdAt: now,
    endedAt: null,
    reconnectCount: 0,
    messageCount: 0,
    stateVersion: 0,
    supersedes: null,
    supersededBy: null,
    activity: initialActivity(now, facts.idleTimeoutMs, facts.lifetimeMs),
  };
}

function insertServers(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Server" ("name", "createdAt")
    SELECT j.value ->> 'server', j.value ->> 'now' FROM json_each(${rows}) j WHERE true
    ON CONFLICT DO NOTHING`;
}

/** Under the lease of its boot. One that has run out is no lease, unless that very boot says that it is there. */
function insertSessions(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Session" ("id", "kind", "serverId", "serverVersion", "instanceId", "instancePk", "clientId", "clientName",
      "clientInfo", "capabilities", "protocolVersion", "transport", "principal", "mcpServers", "labels", "idleTimeoutMs",
      "lifetimeMs", "status", "createdAt", "idempotencyKey", "idempotencyHash")
    SELECT j.value ->> 'id', j.value ->> 'kind', v."id", j.value ->> 'serverVersion', j.value ->> 'instanceId',
      CASE WHEN i."status" = 'alive' OR j.value ->> 'bootId' IS NOT NULL THEN i."pk" END,
      j.value ->> 'clientId', j.value ->> 'clientName', j.value ->> 'clientInfo', j.value ->> 'capabilities',
      j.value ->> 'protocolVersion', j.value ->> 'transport', j.value ->> 'principal', j.value ->> 'mcpServers',
      j.value ->> 'labels', j.value ->> 'idleTimeoutMs', j.value ->> 'lifetimeMs', 'active', j.value ->> 'now',
      j.value ->> 'key', j.value ->> 'hash'
    FROM json_each(${rows}) j JOIN "Server" v ON v."name" = j.value ->> 'server'
    LEFT JOIN "Instance" i
      ON i."id" = j.value ->> 'instanceId' AND i."serverId" = v."id" AND i."status" IN ('alive', 'lost')
    WHERE i."drainingSince" IS NULL AND (j.value ->> 'bootId' IS NULL OR i."bootId" = j.value ->> 'bootId')
    ORDER BY j.key
    ON CONFLICT DO NOTHING
    RETURNING "pk", "id", "instancePk",
      (SELECT i."bootId" FROM "Instance" i WHERE i."pk" = "instancePk" AND i."status" = 'lost') AS "lostBootId"`;
}

/** Runs before the activity rows exist: a session without one is one that this transaction has just inserted. */
function insertEvents(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at")
    SELECT s."pk", 'created', s."createdAt"
    FROM json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id'
    WHERE NOT EXISTS (SELECT 1 FROM "SessionActivity" a WHERE a."sessionPk" = s."pk")
    ORDER BY s."pk"`;
}

function insertActivity(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionActivity" ("sessionPk", "lastActivityAt", "idleTimeoutMs", "lifetimeEndsAt", "deadlineAt", "nextCheckAt",
      "instancePk")
    SELECT s."pk", j.value ->> 'now', j.value ->> 'idleTimeoutMs', j.value ->> 'lifetimeEndsAt', j.value ->> 'deadlineAt',
      j.value ->> 'deadlineAt', s."instancePk"
    FROM json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id'
    WHERE true
    ON CONFLICT DO NOTHING`;
}
