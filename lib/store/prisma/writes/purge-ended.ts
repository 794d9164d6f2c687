import type { SessionStatus } from "@/lib/domain/session";
import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface Purge {
  endedBefore: number;
  limit: number;
}

/** Deletes sessions that ended long ago, with everything that belongs to them. */
export function purgeEndedWrite(client: Client): SessionWrite<Purge, number> {
  return {
    name: "purge",
    folds: false,
    keysOf: () => null,
    prepare: (purges) => ({
      statements: purges.map((purge) => deleteSessions(client, purge)),
      settle: (answers) => {
        const deleted = answers as { pk: number | bigint; status: SessionStatus }[][];
        const changes = deleted.flat().map(({ pk, status }) => ({ type: "purged" as const, pk: Number(pk), status }));
        return { results: deleted.map((rows) => rows.length), changes };
      },
    }),
  };
}

function deleteSessions(client: Client, { endedBefore, limit }: Purge) {
  return client.$queryRaw<unknown[]>`
    DELETE FROM "Session" WHERE "pk" IN (
      SELECT "pk" FROM "Session" WHERE "endedAt" < ${endedBefore} AND +"status" <> 'disconnected' ORDER BY "endedAt" LIMIT ${limit})
    RETURNING "pk", "status"`;
}
