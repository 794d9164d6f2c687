import type { JsonObject } from "@/lib/domain/session";
import type { StateOutcome, StateWrite } from "../../session-content-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

/**
 * Replaces or merges the state of active sessions. A merge happens inside its statement, so patches to different keys
 * never lose one another, however many arrive at once.
 */
export function writeStatesWrite(client: Client): SessionWrite<StateWrite, StateOutcome> {
  return {
    name: "state",
    folds: false,
    keysOf: ({ id }) => [id],
    prepare: (writes) =>
      prepareEach(writes, {
        statementsOf: (write) => [insertEvent(client, write), raiseVersion(client, write), storeState(client, write)],
        settle: ([, raised, stored]) => ({ result: outcomeOf(raised, stored) }),
      }),
  };
}

function outcomeOf(raised: unknown, stored: unknown): StateOutcome {
  const [row] = stored as { version: number | bigint; json: string }[];
  if ((raised as unknown[]).length === 0 || !row) return { outcome: "lost" };
  return { outcome: "won", version: Number(row.version), state: JSON.parse(row.json) as JsonObject };
}

/** The state as it will be: `t` is the stored one, if there is any. */
function result({ mode, document }: StateWrite): Prisma.Sql {
  const json = JSON.stringify(document);
  return mode === "merge" ? Prisma.sql`json_patch(coalesce(t."json", '{}'), ${json})` : Prisma.sql`${json}`;
}

/** The session if it takes the write; asked before the event is written and again by the update. */
function candidate(write: StateWrite): Prisma.Sql {
  const { id, now, ifVersion, ifEpoch = null, maxBytes } = write;
  const isExpected = ifVersion === null ? Prisma.sql`true` : Prisma.sql`s."stateVersion" = ${ifVersion}`;
  return Prisma.sql`
    FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" LEFT JOIN "SessionState" t ON t."sessionPk" = s."pk"
    WHERE s."id" = ${id} AND +s."status" = 'active' AND a."deadlineAt" > ${now} AND ${isExpected}
      AND a."epoch" = coalesce(${ifEpoch}, a."epoch")
      AND octet_length(${result(write)}) <= ${maxBytes}`;
}

function insertEvent(client: Client, write: StateWrite) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", 'state_written', ${write.now}, json_object('version', s."stateVersion" + 1, 'mode', ${write.mode})
    ${candidate(write)}`;
}

function raiseVersion(client: Client, write: StateWrite) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Session" SET "stateVersion" = "stateVersion" + 1 WHERE "pk" IN (SELECT s."pk" ${candidate(write)})
    RETURNING "pk"`;
}

/** Stores a result only where the version has just been raised past the stored one. */
function storeState(client: Client, write: StateWrite) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionState" ("sessionPk", "version", "json", "updatedAt")
    SELECT s."pk", s."stateVersion", ${result(write)}, ${write.now}
    FROM "Session" s LEFT JOIN "SessionState" t ON t."sessionPk" = s."pk"
    WHERE s."id" = ${write.id} AND s."stateVersion" > coalesce(t."version", 0)
    ON CONFLICT ("sessionPk") DO UPDATE SET
      "version" = excluded."version", "json" = excluded."json", "updatedAt" = excluded."updatedAt"
    RETURNING "version", "json"`;
}
