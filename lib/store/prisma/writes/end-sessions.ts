import type { SessionStatus } from "@/lib/domain/session";
import type { SessionEnd, WriteOutcome } from "../../session-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { readSessionsById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";

/** Closes or terminates sessions that are active and not overdue, each with its event and, if asked for, its command. */
export function endSessionsWrite(client: Client): SessionWrite<SessionEnd, WriteOutcome> {
  return {
    name: "end",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (ends) => {
      const rows = JSON.stringify(ends);
      return {
        statements: [
          insertEvents(client, rows),
          insertCommands(client, rows),
          endSessions(client, rows),
          stopChecks(client, rows),
          readSessionsById(client, JSON.stringify(ends.map(({ id }) => id))),
        ],
        settle: (answers) => settle(ends, answers[2] as { id: string }[], answers[4] as SessionRow[]),
      };
    },
  };
}

function settle(ends: readonly SessionEnd[], won: { id: string }[], rows: SessionRow[]) {
  const winners = new Set(won.map(({ id }) => id));
  const recordOf = new Map(rows.map((row) => [row.id, toSessionRecord(row)]));
  const results = ends.map(({ id }): WriteOutcome => {
    const session = winners.has(id) ? recordOf.get(id) : undefined;
    return session ? { outcome: "won", session } : { outcome: "lost" };
  });
  const changes = ends.flatMap(({ id, as, reason, now }) => {
    const session = winners.has(id) ? recordOf.get(id) : undefined;
    if (!session) return [];
    const status: SessionStatus = as;
    return [{ type: "ended" as const, pk: session.pk, status, reason, createdAt: session.createdAt, endedAt: now }];
  });
  return { results, changes };
}

/**
 * Every statement before the update itself asks the same question and so finds the same winners. The plus keeps SQLite
 * from starting at the index on the status, which means a walk over all active sessions to find a few by their ids.
 */
const CAN_END = Prisma.sql`+s."status" = 'active' AND a."deadlineAt" > j.value ->> 'now'`;

const joined = (rows: string) => Prisma.sql`
  json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id' JOIN "SessionActivity" a ON a."sessionPk" = s."pk"`;

function insertEvents(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data")
    SELECT s."pk", j.value ->> 'as', j.value ->> 'now', j.value ->> 'reason',
      CASE WHEN j.value ->> 'detail' IS NOT NULL THEN json_object('detail', j.value ->> 'detail') END
    FROM ${joined(rows)} WHERE ${CAN_END} ORDER BY j.key`;
}

function insertCommands(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Command" ("id", "type", "sessionPk", "serverId", "instanceId", "reason", "createdAt")
    SELECT j.value ->> 'commandId', 'terminate', s."pk", s."serverId", s."instanceId", j.value ->> 'detail', j.value ->> 'now'
    FROM ${joined(rows)} WHERE ${CAN_END} AND j.value ->> 'commandId' IS NOT NULL ORDER BY j.key`;
}

function endSessions(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS t SET
      "status" = w."as", "endReason" = w."reason", "endDetail" = w."detail", "endedAt" = w."now"
    FROM (
      SELECT s."pk", j.value ->> 'as' AS "as", j.value ->> 'reason' AS "reason", j.value ->> 'detail' AS "detail",
        j.value ->> 'now' AS "now"
      FROM ${joined(rows)} WHERE ${CAN_END}
    ) AS w
    WHERE t."pk" = w."pk" AND +t."status" = 'active'
    RETURNING "id"`;
}

function stopChecks(client: Client, rows: string) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "nextCheckAt" = NULL WHERE "sessionPk" IN (
      SELECT s."pk" FROM json_each(${rows}) j JOIN "Session" s ON s."id" = j.value ->> 'id' WHERE s."status" <> 'active')`;
}
