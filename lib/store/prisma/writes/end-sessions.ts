import type { SessionRecord, SessionStatus } from "@/lib/domain/session";
import type { SessionEnd } from "../../session-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { readSessionsById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";

/**
 * Closes or terminates sessions that are open and not overdue, each with its event and, if asked for, its command; also
 * terminates expired ones that a reconnect token could bring back.
 */
export function endSessionsWrite(client: Client): SessionWrite<SessionEnd, EndOutcome> {
  return {
    name: "end",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (ends) => {
      const rows = JSON.stringify(ends);
      return {
        statements: [
          judge(client, rows),
          insertEvents(client, rows),
          insertCommands(client, rows),
          endSessions(client, rows),
          stopChecks(client, rows),
          readSessionsById(client, JSON.stringify(ends.map(({ id }) => id))),
        ],
        settle: (answers) => settle(ends, answers[0] as JudgedRow[], answers[5] as SessionRow[]),
      };
    },
  };
}

/** `wasOpen`: its server may still hold it, so there is a command for it if one was asked for. */
export type EndOutcome = { outcome: "won"; session: SessionRecord; wasOpen: boolean } | { outcome: "lost" };

interface JudgedRow {
  id: string;
  status: SessionStatus;
}

function settle(ends: readonly SessionEnd[], won: JudgedRow[], rows: SessionRow[]) {
  const statusBefore = new Map(won.map(({ id, status }) => [id, status]));
  const recordOf = new Map(rows.map((row) => [row.id, toSessionRecord(row)]));
  const results = ends.map(({ id }): EndOutcome => {
    const from = statusBefore.get(id);
    const session = recordOf.get(id);
    return session && from ? { outcome: "won", session, wasOpen: from !== "expired" } : { outcome: "lost" };
  });
  const changes = ends.flatMap(({ id, as: status, reason, now: endedAt }) => {
    const from = statusBefore.get(id);
    const session = recordOf.get(id);
    if (!session || !from) return [];
    const { pk, createdAt } = session;
    return [{ type: "ended" as const, pk, from, status, reason, createdAt, endedAt, recoverUntil: null }];
  });
  return { results, changes };
}

/**
 * Every statement before the update itself asks the same question and so finds the same winners. The plus keeps SQLite
 * from starting at the index on the status, which means a walk over all active sessions to find a few by their ids.
 */
const CAN_END = Prisma.sql`
  (+s."status" IN ('active', 'disconnected') AND a."deadlineAt" > j.value ->> 'now'
    OR +s."status" = 'expired' AND j.value ->> 'as' = 'terminated' AND s."tokenExpiresAt" > j.value ->> 'now')
  AND (j.value ->> 'ifEpoch' IS NULL OR j.value ->> 'ifEpoch' = a."epoch")`;

const joined = (rows: string) => Prisma.sql`
  json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id' JOIN "SessionActivity" a ON a."sessionPk" = s."pk"`;

function judge(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`SELECT s."id", s."status" FROM ${joined(rows)} WHERE ${CAN_END}`;
}

/** The merge patch drops what is null. */
function insertEvents(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data")
    SELECT s."pk", j.value ->> 'as', j.value ->> 'now', j.value ->> 'reason',
      nullif(json_patch('{}', json_object(
        'detail', j.value ->> 'detail',
        'commandId', CASE WHEN s."status" <> 'expired' THEN j.value ->> 'commandId' END,
        'from', nullif(s."status", 'active'))), '{}')
    FROM ${joined(rows)} WHERE ${CAN_END} ORDER BY j.key`;
}

function insertCommands(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Command" ("id", "type", "sessionPk", "serverId", "instanceId", "reason", "createdAt")
    SELECT j.value ->> 'commandId', 'terminate', s."pk", s."serverId", s."instanceId", j.value ->> 'detail', j.value ->> 'now'
    FROM ${joined(rows)} WHERE ${CAN_END} AND j.value ->> 'commandId' IS NOT NULL AND +s."status" <> 'expired'
    ORDER BY j.key`;
}

function endSessions(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS t SET
      "status" = w."as", "endReason" = w."reason", "endDetail" = w."detail", "endedAt" = w."now",
      "tokenExpiresAt" = NULL
    FROM (
      SELECT s."pk", j.value ->> 'as' AS "as", j.value ->> 'reason' AS "reason", j.value ->> 'detail' AS "detail",
        j.value ->> 'now' AS "now"
      FROM ${joined(rows)} WHERE ${CAN_END}
    ) AS w
    WHERE t."pk" = w."pk"
    RETURNING "id"`;
}

function stopChecks(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "nextCheckAt" = NULL, "instancePk" = NULL WHERE "sessionPk" IN (
      SELECT s."pk" FROM json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id' WHERE +s."status" IN ('closed', 'terminated'))`;
}
