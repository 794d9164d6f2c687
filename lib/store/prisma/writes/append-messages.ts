import type { AppendOutcome, MessageAppend, MessageRecord } from "../../session-content-store";
import { type ActivityRow, NEVER, toTouchedChanges } from "../activity-sql";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { type MessageRow, toMessageRecord } from "../message-row";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

interface Verdict {
  messageCount: number | bigint;
  isReused: number | bigint;
}

/** Appends to the context of active sessions. Sequence numbers follow without holes; a known id changes nothing. */
export function appendMessagesWrite(client: Client): SessionWrite<MessageAppend, AppendOutcome> {
  return {
    name: "messages",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (appends) =>
      prepareEach(appends, {
        statementsOf: (append) => {
          const rows = JSON.stringify(
            append.messages.map(({ content, ...message }) => ({ ...message, content: JSON.stringify(content) })),
          );
          return [
            judge(client, append, rows),
            insertMessages(client, append, rows),
            touch(client, append),
            insertEvent(client, append),
            countMessages(client, append),
            readKnown(client, append, rows),
          ];
        },
        settle,
      }),
  };
}

function settle([judged, inserted, touched, , , known]: readonly unknown[], append: MessageAppend) {
  const [verdict] = judged as Verdict[];
  return {
    result: resultOf(append, verdict, { inserted: inserted as MessageRow[], known: known as MessageRow[] }),
    changes: toTouchedChanges(touched as ActivityRow[]),
  };
}

function resultOf(
  { messages }: MessageAppend,
  verdict: Verdict | undefined,
  rows: { inserted: MessageRow[]; known: MessageRow[] },
): AppendOutcome {
  if (!verdict) return { outcome: "lost" };
  if (Number(verdict.isReused) === 1) return { outcome: "id_reused" };
  const byId = new Map(rows.known.map((row) => [row.messageId, toMessageRecord(row)]));
  const unnamed = rows.inserted.filter(({ messageId }) => messageId === null).map(toMessageRecord);
  unnamed.sort((a, b) => a.seq - b.seq);
  const answered = messages.map(({ id }): MessageRecord | undefined => (id === null ? unnamed.shift() : byId.get(id)));
  if (answered.some((message) => message === undefined)) return { outcome: "full" };
  const messageCount = Number(verdict.messageCount) + rows.inserted.length;
  return { outcome: "won", messages: answered.filter((message) => message !== undefined), messageCount };
}

const active = ({ id, now, ifEpoch = null }: MessageAppend) => Prisma.sql`
  "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
  WHERE s."id" = ${id} AND +s."status" = 'active' AND a."deadlineAt" > ${now}
    AND a."epoch" = coalesce(${ifEpoch}, a."epoch")`;

/** Messages of a session under an id of `j`, one of the appended: by its unique index, so never for those without an id. */
const sameId = (session: Prisma.Sql) => Prisma.sql`
  "Message" m WHERE m."sessionPk" = ${session}."pk" AND m."messageId" = j.value ->> 'id' AND j.value ->> 'id' IS NOT NULL`;

/** Whether one of the ids stands for another message already. `rows` is a JSON array. */
const isReused = (rows: string) => Prisma.sql`
  EXISTS (SELECT 1 FROM json_each(${rows}) j WHERE EXISTS (
    SELECT 1 FROM ${sameId(Prisma.sql`s`)} AND (m."role" <> j.value ->> 'role' OR m."content" <> j.value ->> 'content')))`;

function judge(client: Client, append: MessageAppend, rows: string) {
  return client.$queryRaw<unknown[]>`SELECT s."messageCount", ${isReused(rows)} AS "isReused" FROM ${active(append)}`;
}

function touch(client: Client, append: MessageAppend) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET
      "lastActivityAt" = max("lastActivityAt", ${append.now}),
      "deadlineAt" = max("deadlineAt", min(max("lastActivityAt", ${append.now}) + "idleTimeoutMs", coalesce("lifetimeEndsAt", ${NEVER})))
    WHERE "sessionPk" IN (SELECT s."pk" FROM "Session" s WHERE s."id" = ${append.id} AND ${APPENDED} > 0)
    RETURNING "sessionPk", "lastActivityAt", "lastHeartbeatAt", "inFlight", "deadlineAt"`;
}

function insertMessages(client: Client, append: MessageAppend, rows: string) {
  return client.$queryRaw<unknown[]>`
    WITH "target" AS MATERIALIZED (SELECT s."pk", s."messageCount" FROM ${active(append)} AND NOT ${isReused(rows)}),
    "fresh" AS MATERIALIZED (
      SELECT "target"."pk", "target"."messageCount", row_number() OVER (ORDER BY j.key) AS "position", count(*) OVER () AS "total",
        j.value ->> 'id' AS "messageId", j.value ->> 'role' AS "role", j.value ->> 'content' AS "content"
      FROM "target", json_each(${rows}) j WHERE NOT EXISTS (SELECT 1 FROM ${sameId(Prisma.sql`"target"`)}))
    INSERT INTO "Message" ("sessionPk", "seq", "messageId", "role", "content", "createdAt")
    SELECT "pk", "messageCount" + "position", "messageId", "role", "content", ${append.now}
    FROM "fresh" WHERE "messageCount" + "total" <= ${append.maxMessages}
    RETURNING "seq", "messageId", "role", "content", "createdAt"`;
}

/** How far the messages now reach beyond what the session has counted. */
const APPENDED = Prisma.sql`(SELECT max(m."seq") FROM "Message" m WHERE m."sessionPk" = s."pk") - s."messageCount"`;

function insertEvent(client: Client, { id, now }: MessageAppend) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", 'messages_appended', ${now}, json_object('count', ${APPENDED})
    FROM "Session" s WHERE s."id" = ${id} AND ${APPENDED} > 0`;
}

function countMessages(client: Client, { id }: MessageAppend) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" AS s SET "messageCount" = s."messageCount" + ${APPENDED} WHERE s."id" = ${id} AND ${APPENDED} > 0`;
}

/** Cross joins keep their order: by the ids of the appended, never through all messages of the session. */
function readKnown(client: Client, { id }: MessageAppend, rows: string) {
  return client.$queryRaw<unknown[]>`
    SELECT m."seq", m."messageId", m."role", m."content", m."createdAt"
    FROM "Session" s CROSS JOIN json_each(${rows}) j
    CROSS JOIN "Message" m ON m."sessionPk" = s."pk" AND m."messageId" = j.value ->> 'id'
    WHERE s."id" = ${id}`;
}
