import type { SessionChange } from "@/lib/domain/events";
import type { RenewOutcome, SessionRenewal } from "../../session-store";
import { toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import { prepareEach } from "../prepare-each";
import { originOf } from "../session-origin";
import type { SessionWrite } from "../statement";

/**
 * Gives expired sessions a successor each, under the same facts and without their state. Only a session that has none
 * yet gets one, so however many ask at once, there is one.
 */
export function renewSessionsWrite(client: Client): SessionWrite<SessionRenewal, RenewOutcome> {
  return {
    name: "renew",
    folds: false,
    keysOf: ({ id, newId }) => [id, newId],
    prepare: (renewals) =>
      prepareEach(renewals, {
        statementsOf: (renewal) => [
          insertSuccessor(client, renewal),
          linkPredecessor(client, renewal),
          insertEvents(client, renewal),
          insertActivity(client, renewal),
          readSessionById(client, renewal.newId),
        ],
        settle,
      }),
  };
}

function settle([inserted, , , , read]: readonly unknown[]): { result: RenewOutcome; changes: SessionChange[] } {
  const [row] = read as SessionRow[];
  if ((inserted as unknown[]).length === 0 || !row) return { result: { outcome: "lost" }, changes: [] };
  const session = toSessionRecord(row);
  const { pk, createdAt, activity } = session;
  return {
    result: { outcome: "won", session },
    changes: [{ type: "created", pk, createdAt, activity: toActivityChange(activity), origin: originOf(session) }],
  };
}

function insertSuccessor(client: Client, { id, newId, now }: SessionRenewal) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Session" ("id", "kind", "serverId", "serverVersion", "instanceId", "instancePk", "clientId", "clientName", "clientInfo",
      "capabilities", "protocolVersion", "transport", "principal", "mcpServers", "labels", "idleTimeoutMs", "lifetimeMs",
      "status", "createdAt", "supersedes")
    SELECT ${newId}, s."kind", s."serverId", s."serverVersion",
      CASE WHEN s."instancePk" IS NULL OR i."pk" IS NOT NULL THEN s."instanceId" END, i."pk", s."clientId", s."clientName",
      s."clientInfo",
      s."capabilities", s."protocolVersion", s."transport", s."principal", s."mcpServers", s."labels", s."idleTimeoutMs",
      s."lifetimeMs", 'active', ${now}, s."id"
    FROM "Session" s
    LEFT JOIN "Instance" i ON i."pk" = s."instancePk" AND i."status" = 'alive' AND i."drainingSince" IS NULL
    WHERE s."id" = ${id} AND +s."status" = 'expired' AND s."supersededBy" IS NULL
    ON CONFLICT DO NOTHING
    RETURNING "pk"`;
}

function linkPredecessor(client: Client, { id, newId }: SessionRenewal) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET "supersededBy" = ${newId}, "tokenExpiresAt" = NULL
    WHERE "id" = ${id} AND "supersededBy" IS NULL
      AND EXISTS (SELECT 1 FROM "Session" n WHERE n."id" = ${newId} AND n."supersedes" = ${id})
    RETURNING "pk"`;
}

/** Runs before the successor has its activity: only one that this transaction has made is without. */
function insertEvents(client: Client, { id, newId, now }: SessionRenewal) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT e."pk", e."type", ${now}, e."data" FROM (
      SELECT s."pk", 'renewed' AS "type", json_object('newSessionId', n."id") AS "data", n."pk" AS "newPk"
      FROM "Session" n JOIN "Session" s ON s."id" = n."supersedes" WHERE n."id" = ${newId} AND s."id" = ${id}
      UNION ALL
      SELECT n."pk", 'created', json_object('supersedes', n."supersedes"), n."pk"
      FROM "Session" n WHERE n."id" = ${newId} AND n."supersedes" = ${id}
    ) e WHERE NOT EXISTS (SELECT 1 FROM "SessionActivity" a WHERE a."sessionPk" = e."newPk")`;
}

function insertActivity(client: Client, { id, newId, now }: SessionRenewal) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionActivity" ("sessionPk", "lastActivityAt", "idleTimeoutMs", "lifetimeEndsAt", "deadlineAt", "nextCheckAt",
      "instancePk")
    SELECT n."pk", ${now}, n."idleTimeoutMs", ${now} + n."lifetimeMs", d."deadlineAt", d."deadlineAt", n."instancePk"
    FROM "Session" n, (
      SELECT ${now} + min(m."idleTimeoutMs", coalesce(m."lifetimeMs", m."idleTimeoutMs")) AS "deadlineAt"
      FROM "Session" m WHERE m."id" = ${newId}
    ) d
    WHERE n."id" = ${newId} AND n."supersedes" = ${id}
    ON CONFLICT DO NOTHING`;
}
