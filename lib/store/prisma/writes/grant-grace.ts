import { type ActivityRow, toTouchedChanges } from "../activity-sql";
import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface Grace {
  from: number;
  to: number;
  until: number;
}

/** Moves the deadlines in `(from, to]` to `until`, so that a heartbeat has a chance to arrive. */
export function grantGraceWrite(client: Client): SessionWrite<Grace, number> {
  return {
    name: "grace",
    folds: false,
    keysOf: () => null,
    prepare: (grants) => ({
      statements: grants.map((grant) => moveDeadlines(client, grant)),
      settle: (answers) => {
        const moved = answers as ActivityRow[][];
        return { results: moved.map((rows) => rows.length), changes: toTouchedChanges(moved.flat()) };
      },
    }),
  };
}

function moveDeadlines(client: Client, { from, to, until }: Grace) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "deadlineAt" = ${until}
    WHERE "nextCheckAt" <= ${to} AND "deadlineAt" > ${from} AND "deadlineAt" <= ${to}
    RETURNING "sessionPk", "lastActivityAt", "inFlight", "deadlineAt"`;
}
