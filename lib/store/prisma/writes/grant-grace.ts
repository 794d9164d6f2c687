import type { SessionChange } from "@/lib/domain/events";
import { type ActivityRow, toActivityChange } from "../activity-sql";
import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export interface Grace {
  from: number;
  to: number;
  until: number;
}

type MovedRow = ActivityRow & { disconnectedAt: number | bigint | null };

/** Moves the deadlines in `(from, to]` to `until`, so that a heartbeat has a chance to arrive. */
export function grantGraceWrite(client: Client): SessionWrite<Grace, number> {
  return {
    name: "grace",
    folds: false,
    keysOf: () => null,
    prepare: (grants) => ({
      statements: grants.map((grant) => moveDeadlines(client, grant)),
      settle: (answers) => {
        const moved = answers as MovedRow[][];
        return { results: moved.map((rows) => rows.length), changes: moved.flat().map(toChange) };
      },
    }),
  };
}

function toChange(row: MovedRow): SessionChange {
  const pk = Number(row.sessionPk);
  return row.disconnectedAt === null
    ? { type: "touched", pk, activity: toActivityChange(row) }
    : { type: "deadline_moved", pk, recoverUntil: Number(row.deadlineAt) };
}

function moveDeadlines(client: Client, { from, to, until }: Grace) {
  return client.$queryRaw<unknown[]>`
    UPDATE "SessionActivity" SET "deadlineAt" = ${until}
    WHERE "nextCheckAt" <= ${to} AND "deadlineAt" > ${from} AND "deadlineAt" <= ${to}
    RETURNING "sessionPk", "lastActivityAt", "lastHeartbeatAt", "inFlight", "deadlineAt", "disconnectedAt"`;
}
