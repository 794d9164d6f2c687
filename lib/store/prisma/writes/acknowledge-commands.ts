import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface Acknowledgement {
  ids: readonly string[];
  now: number;
}

/** Marks commands as carried out; answers the ids that were open until now. */
export function acknowledgeCommandsWrite(client: Client): SessionWrite<Acknowledgement, readonly string[]> {
  return {
    name: "acknowledge",
    folds: false,
    keysOf: ({ ids }) => ids.map((id) => `command:${id}`),
    prepare: (acknowledgements) => ({
      statements: acknowledgements.map(({ ids, now }) => acknowledge(client, JSON.stringify(ids), now)),
      settle: (answers) => ({
        results: (answers as { id: string }[][]).map((rows) => rows.map(({ id }) => id)),
        changes: [],
      }),
    }),
  };
}

/** The plus keeps SQLite from walking through every open command to find a few by their ids. */
function acknowledge(client: Client, ids: string, now: number) {
  return client.$queryRaw<unknown[]>`
    UPDATE "Command" SET "acknowledgedAt" = ${now}
    WHERE "id" IN (SELECT value FROM json_each(${ids})) AND +"acknowledgedAt" IS NULL
    RETURNING "id"`;
}
