import type { Acknowledgement } from "../../session-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

export interface Acknowledgements {
  acks: readonly Acknowledgement[];
  now: number;
}

/** Marks commands as answered, each with its event; answers the ids that were open until now. */
export function acknowledgeCommandsWrite(client: Client): SessionWrite<Acknowledgements, readonly string[]> {
  return {
    name: "acknowledge",
    folds: false,
    keysOf: ({ acks }) => acks.map(({ id }) => `command:${id}`),
    prepare: (acknowledgements) =>
      prepareEach(acknowledgements, {
        statementsOf: ({ acks, now }) => {
          const rows = JSON.stringify(acks);
          return [insertEvents(client, rows, now), acknowledge(client, rows, now)];
        },
        settle: ([, acknowledged]) => ({ result: (acknowledged as { id: string }[]).map(({ id }) => id) }),
      }),
  };
}

/**
 * Only its own server and instance speak for a command, where they say who they are. One that is not bound to an
 * instance goes to all of its server: one that does not know the session does not speak for the others. The plus keeps
 * SQLite from walking through every open command to find a few by their ids.
 */
const IS_OPEN = Prisma.sql`
  +c."acknowledgedAt" IS NULL AND (j.value ->> 'outcome' <> 'unknown_session' OR c."instanceId" IS NOT NULL)
  AND (j.value ->> '$.by.server' IS NULL OR (
    c."serverId" = (SELECT v."id" FROM "Server" v WHERE v."name" = j.value ->> '$.by.server')
    AND coalesce(c."instanceId", j.value ->> '$.by.instanceId') = j.value ->> '$.by.instanceId'))`;

/** The clock may have been set back since the command: then it took no time. */
function insertEvents(client: Client, rows: string, now: number) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT c."sessionPk", 'command_acknowledged', ${now}, json_patch('{}', json_object(
      'commandId', c."id", 'outcome', j.value ->> 'outcome', 'detail', j.value ->> 'detail',
      'elapsedMs', max(0, ${now} - c."createdAt"), 'instanceId', j.value ->> '$.by.instanceId', 'pid', j.value ->> '$.by.pid'))
    FROM json_each(${rows}) j JOIN "Command" c ON c."id" = j.value ->> 'id'
    WHERE ${IS_OPEN} GROUP BY c."id" ORDER BY j.key`;
}

function acknowledge(client: Client, rows: string, now: number) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Command" AS c SET "acknowledgedAt" = ${now}, "outcome" = j.value ->> 'outcome'
    FROM json_each(${rows}) j WHERE c."id" = j.value ->> 'id' AND ${IS_OPEN}
    RETURNING "id"`;
}
