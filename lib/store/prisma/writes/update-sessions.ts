import { MAX_LABELS } from "@/lib/contract/primitives";
import type { SessionChange } from "@/lib/domain/events";
import type { SessionRecord } from "@/lib/domain/session";
import type { SessionUpdate } from "../../session-store";
import type { WriteOutcome } from "../../write-outcome";
import { type ActivityRow, IDLE_SINCE, NEVER, toTouchedChanges } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import { originOf } from "../session-origin";
import { searchableName } from "../searchable-name";
import { readSessionById, type SessionRow, toSessionRecord } from "../session-row";
import type { SessionWrite } from "../statement";

/** Changes facts of active sessions. New timeouts move the deadline and pull the next check forward with it. */
export function updateSessionsWrite(client: Client): SessionWrite<SessionUpdate, WriteOutcome> {
  return {
    name: "update",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (updates) =>
      prepareEach(updates, {
        statementsOf: (update) => [
          insertEvent(client, update),
          changeSession(client, update),
          moveDeadline(client, update),
          readSessionById(client, update.id),
        ],
        settle,
      }),
  };
}

function settle([, won, moved, read]: readonly unknown[], { changes: facts }: SessionUpdate) {
  const [row] = read as SessionRow[];
  const touched = toTouchedChanges(moved as ActivityRow[]);
  if ((won as unknown[]).length === 0 || !row) return { result: LOST, changes: touched };
  const session = toSessionRecord(row);
  const result: WriteOutcome = { outcome: "won", session };
  const changes = hasNewOrigin(facts) ? [...touched, originChange(session)] : touched;
  return { result, changes };
}

const LOST: WriteOutcome = { outcome: "lost" };

function hasNewOrigin({ clientInfo, protocolVersion }: SessionUpdate["changes"]): boolean {
  return clientInfo !== undefined || protocolVersion !== undefined;
}

function originChange(session: SessionRecord): SessionChange {
  return { type: "origin_changed", pk: session.pk, origin: originOf(session) };
}

/** Whether session `s` with activity `a` takes the update: asked before its event is written and again by the update. */
function canUpdate({ id, now, changes, ifEpoch = null }: SessionUpdate) {
  const labels = JSON.stringify(changes.labels ?? {});
  return Prisma.sql`s."id" = ${id} AND s."status" = 'active' AND a."deadlineAt" > ${now}
    AND a."epoch" = coalesce(${ifEpoch}, a."epoch")
    AND (SELECT count(*) FROM json_each(json_patch(s."labels", ${labels}))) <= ${MAX_LABELS}`;
}

function insertEvent(client: Client, update: SessionUpdate) {
  const data = JSON.stringify({ changed: Object.keys(update.changes) });
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", 'updated', ${update.now}, ${data}
    FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" WHERE ${canUpdate(update)}`;
}

function changeSession(client: Client, update: SessionUpdate) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET ${Prisma.join(assignments(update.changes))}
    WHERE "pk" IN (
      SELECT s."pk" FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" WHERE ${canUpdate(update)})
    RETURNING "pk"`;
}

function assignments({ labels, clientInfo, capabilities, ...plain }: SessionUpdate["changes"]): Prisma.Sql[] {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  const name = clientInfo?.["name"];
  const columns: Record<string, string | number | null> = {
    ...plain,
    ...(clientInfo !== undefined && {
      clientInfo: json(clientInfo),
      clientName: searchableName(name),
    }),
    ...(capabilities !== undefined && { capabilities: json(capabilities) }),
  };
  const merged = labels ? [Prisma.sql`"labels" = json_patch("labels", ${JSON.stringify(labels)})`] : [];
  return [
    ...merged,
    ...Object.entries(columns).map(([column, value]) => Prisma.sql`${Prisma.raw(`"${column}"`)} = ${value}`),
  ];
}

/** Never into the past: what is due by its new timeouts expires now, and a grace period is not cut short. */
function moveDeadline(client: Client, { id, now, ifEpoch = null }: SessionUpdate) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" AS t SET
      "idleTimeoutMs" = n."idleTimeoutMs",
      "lifetimeEndsAt" = n."lifetimeEndsAt",
      "deadlineAt" = n."deadlineAt",
      "nextCheckAt" = min(t."nextCheckAt", n."deadlineAt")
    FROM (
      SELECT s."pk", s."idleTimeoutMs", s."createdAt" + s."lifetimeMs" AS "lifetimeEndsAt",
        max(min(${IDLE_SINCE} + s."idleTimeoutMs", coalesce(s."createdAt" + s."lifetimeMs", ${NEVER})),
          CASE WHEN min(${IDLE_SINCE} + a."idleTimeoutMs", coalesce(a."lifetimeEndsAt", ${NEVER})) <= ${now}
            THEN a."deadlineAt" ELSE ${now} END) AS "deadlineAt"
      FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
      WHERE s."id" = ${id} AND s."status" = 'active' AND a."epoch" = coalesce(${ifEpoch}, a."epoch")
        AND (s."idleTimeoutMs" <> a."idleTimeoutMs" OR (s."createdAt" + s."lifetimeMs") IS NOT a."lifetimeEndsAt")
    ) AS n
    WHERE t."sessionPk" = n."pk"
    RETURNING "sessionPk", "lastActivityAt", "lastHeartbeatAt", "inFlight", "deadlineAt"`;
}
