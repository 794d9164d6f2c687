import type { LostInstance } from "../../instance-store";
import type { Client } from "../connection";
import { prepareEach } from "../prepare-each";
import type { SessionWrite, Statement } from "../statement";

/** Marks boots whose lease has run out; answers which. */
export function recordLostInstancesWrite(client: Client): SessionWrite<{ now: number }, readonly LostInstance[]> {
  return {
    name: "lost",
    folds: false,
    keysOf: () => null,
    prepare: (sweeps) =>
      prepareEach(sweeps, {
        statementsOf: ({ now }) => [
          client.$queryRaw`
            UPDATE "Instance" SET "status" = 'lost', "endedAt" = "leaseExpiresAt", "leaseExpiresAt" = NULL
            WHERE "leaseExpiresAt" <= ${now}
            RETURNING "id", (SELECT v."name" FROM "Server" v WHERE v."id" = "serverId") AS "server"`,
        ],
        settle: ([lost]) => ({ result: lost as LostInstance[] }),
      }),
  };
}

/** Lets no lease run out before `until`. */
export function extendLeasesWrite(client: Client): SessionWrite<{ until: number }, number> {
  return countWrite("extend", ({ until }) => [
    client.$queryRaw`
      UPDATE "Instance" SET "leaseExpiresAt" = ${until} WHERE "leaseExpiresAt" < ${until} RETURNING "pk"`,
  ]);
}

/** Lets no lease run longer than one that is renewed at `now`. */
export function capLeasesWrite(client: Client): SessionWrite<{ now: number }, number> {
  return countWrite("cap", ({ now }) => [
    client.$queryRaw`
      UPDATE "Instance" SET "leaseExpiresAt" = ${now} + "leaseMs" WHERE "leaseExpiresAt" > ${now} + "leaseMs" RETURNING "pk"`,
  ]);
}

/** Deletes boots that ended long ago. */
export function purgeInstancesWrite(client: Client): SessionWrite<{ endedBefore: number; limit: number }, number> {
  return countWrite("purge instances", ({ endedBefore, limit }) => [
    client.$queryRaw`
      DELETE FROM "Instance" WHERE "pk" IN (
        SELECT "pk" FROM "Instance" WHERE "endedAt" < ${endedBefore} ORDER BY "endedAt" LIMIT ${limit})
      RETURNING "pk"`,
  ]);
}

/** May touch any instance; answers how many rows its one statement changed. */
function countWrite<Operation>(name: string, statementsOf: (operation: Operation) => Statement[]) {
  const write: SessionWrite<Operation, number> = {
    name,
    folds: false,
    keysOf: () => null,
    prepare: (operations) =>
      prepareEach(operations, {
        statementsOf,
        settle: ([changed]) => ({ result: (changed as unknown[]).length }),
      }),
  };
  return write;
}
