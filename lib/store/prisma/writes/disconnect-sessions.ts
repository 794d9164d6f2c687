import type { SessionChange } from "@/lib/domain/events";
import type { EndReason } from "@/lib/domain/session";
import type { SessionDisconnect } from "../../instance-store";
import type { WriteOutcome } from "../../write-outcome";
import { NEVER } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite, Statement } from "../statement";

export interface OrphanSweep {
  now: number;
  limit: number;
  recoveryWindowMs: number;
}

/** Disconnects sessions one by one, on the word of their server. */
export function disconnectSessionsWrite(client: Client): SessionWrite<SessionDisconnect, WriteOutcome> {
  return {
    name: "disconnect",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (disconnects) =>
      prepareEach(disconnects, {
        statementsOf: (disconnect) => [
          ...disconnectAll(client, dueById(disconnect), disconnect),
          readSessionById(client, disconnect.id),
        ],
        settle: ([, updated, , read]) => {
          const [row] = read as SessionRow[];
          const changes = toChanges(updated as DisconnectedRow[]);
          const result: WriteOutcome =
            row && changes.length > 0 ? { outcome: "won", session: toSessionRecord(row) } : { outcome: "lost" };
          return { result, changes };
        },
      }),
  };
}

/** Disconnects the sessions of boots that are no longer alive. */
export function disconnectOrphansWrite(client: Client): SessionWrite<OrphanSweep, { more: boolean }> {
  return {
    name: "orphans",
    folds: false,
    keysOf: () => null,
    prepare: (sweeps) =>
      prepareEach(sweeps, {
        statementsOf: (sweep) => disconnectAll(client, dueOrphans(sweep), sweep),
        settle: ([, updated], { limit }) => {
          const changes = toChanges(updated as DisconnectedRow[]);
          return { result: { more: changes.length === limit }, changes };
        },
      }),
  };
}

function dueById({ id, reason, detail, ifEpoch = null, now }: SessionDisconnect): Prisma.Sql {
  return Prisma.sql`
    SELECT a."sessionPk", ${reason} AS "reason", ${detail} AS "detail", s."instanceId"
    FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE s."id" = ${id} AND a."nextCheckAt" IS NOT NULL AND a."disconnectedAt" IS NULL AND a."deadlineAt" > ${now}
      AND a."epoch" = coalesce(${ifEpoch}, a."epoch")`;
}

/** Cross join: from the few boots to their sessions, never from the sessions to their boots. */
function dueOrphans({ now, limit }: OrphanSweep): Prisma.Sql {
  return Prisma.sql`
    SELECT a."sessionPk", CASE i."status" WHEN 'stopped' THEN 'server_shutdown' ELSE 'instance_lost' END AS "reason",
      NULL AS "detail", i."id" AS "instanceId"
    FROM "Instance" i CROSS JOIN "SessionActivity" a ON a."instancePk" = i."pk"
    WHERE i."status" <> 'alive' AND a."nextCheckAt" IS NOT NULL AND a."disconnectedAt" IS NULL AND a."deadlineAt" > ${now}
    ORDER BY i."pk", a."sessionPk" LIMIT ${limit}`;
}

/** All three ask for the same sessions; only the last changes what they ask by. */
function disconnectAll(
  client: Client,
  due: Prisma.Sql,
  { now, recoveryWindowMs }: { now: number; recoveryWindowMs: number },
): Statement[] {
  const recoverUntil = Prisma.sql`min(${now + recoveryWindowMs}, coalesce(a."lifetimeEndsAt", ${NEVER}))`;
  return [
    client.$queryRaw`
      INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data")
      SELECT d."sessionPk", 'disconnected', ${now}, d."reason",
        json_patch('{}', json_object('instanceId', d."instanceId", 'detail', d."detail"))
      FROM (${due}) d`,
    client.$queryRaw`
      UPDATE "Session" AS s SET "status" = 'disconnected', "endReason" = d."reason", "endDetail" = d."detail", "endedAt" = ${now}
      FROM (${due}) AS d WHERE s."pk" = d."sessionPk"
      RETURNING "pk", "endReason", "createdAt", "endedAt",
        (SELECT ${recoverUntil} FROM "SessionActivity" a WHERE a."sessionPk" = "pk") AS "recoverUntil",
        (SELECT CASE WHEN a."inFlight" > 0 THEN max(a."lastActivityAt", ${now}) END
          FROM "SessionActivity" a WHERE a."sessionPk" = "pk") AS "cutOffAt"`,
    client.$queryRaw`
      UPDATE "SessionActivity" AS a SET "disconnectedAt" = ${now}, "deadlineAt" = ${recoverUntil}, "nextCheckAt" = ${recoverUntil},
        "lastActivityAt" = CASE WHEN a."inFlight" > 0 THEN max(a."lastActivityAt", ${now}) ELSE a."lastActivityAt" END,
        "inFlight" = 0
      FROM (${due}) AS d WHERE a."sessionPk" = d."sessionPk"`,
  ];
}

interface DisconnectedRow {
  pk: number | bigint;
  endReason: EndReason;
  createdAt: number | bigint;
  endedAt: number | bigint;
  recoverUntil: number | bigint;
  /** Null: no request was in flight. */
  cutOffAt: number | bigint | null;
}

function toChanges(rows: readonly DisconnectedRow[]): SessionChange[] {
  return rows.map((row) => ({
    type: "ended",
    pk: Number(row.pk),
    from: "active",
    status: "disconnected",
    reason: row.endReason,
    createdAt: Number(row.createdAt),
    endedAt: Number(row.endedAt),
    recoverUntil: Number(row.recoverUntil),
    ...(row.cutOffAt === null ? {} : { lastActivityAt: Number(row.cutOffAt) }),
  }));
}
