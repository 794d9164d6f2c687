import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface TokenPurge {
  expiredBefore: number;
  limit: number;
}

/** Deletes tokens that expired long ago: nothing but their text could tell them from forgeries. */
export function purgeTokensWrite(client: Client): SessionWrite<TokenPurge, number> {
  return {
    name: "purge tokens",
    folds: false,
    keysOf: () => [],
    prepare: (purges) => ({
      statements: purges.map((purge) => deleteTokens(client, purge)),
      settle: (answers) => ({ results: answers.map((rows) => (rows as unknown[]).length), changes: [] }),
    }),
  };
}

function deleteTokens(client: Client, { expiredBefore, limit }: TokenPurge) {
  return client.$queryRaw<unknown[]>`
    DELETE FROM "ReconnectToken" WHERE "hash" IN (
      SELECT "hash" FROM "ReconnectToken" WHERE "expiresAt" < ${expiredBefore} ORDER BY "expiresAt" LIMIT ${limit})
    RETURNING "hash"`;
}
