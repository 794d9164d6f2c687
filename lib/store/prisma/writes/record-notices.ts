import type { Notice } from "@/lib/domain/events";
import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

/** Adds events that change nothing of their sessions; one whose session is gone by now is left out. */
export function recordNoticesWrite(client: Client): SessionWrite<readonly Notice[], undefined> {
  return {
    name: "notices",
    folds: true,
    keysOf: () => [],
    weightOf: (notices) => notices.length,
    prepare: (operations) => ({
      statements: [insertEvents(client, JSON.stringify(operations.flat()))],
      settle: () => ({ results: operations.map(() => undefined), changes: [] }),
    }),
  };
}

function insertEvents(client: Client, notices: string) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "data")
    SELECT s."pk", j.value ->> 'type', j.value ->> 'at', j.value ->> 'data'
    FROM json_each(${notices}) j JOIN "Session" s ON s."pk" = j.value ->> 'pk'
    ORDER BY j.key`;
}
