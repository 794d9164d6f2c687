import type { Client } from "../connection";
import type { SessionWrite } from "../statement";

export type RunMark = { type: "start"; now: number } | { type: "alive" | "stop"; runId: number; now: number };

/** Records when Holdfast itself was up; answers the run's id. */
export function trackRunWrite(client: Client): SessionWrite<RunMark, number> {
  return {
    name: "run",
    folds: false,
    isSilent: true,
    keysOf: () => ["run"],
    prepare: (marks) => ({
      statements: marks.map((mark) => write(client, mark)),
      settle: (answers) => ({
        results: (answers as { id: number | bigint }[][]).map(([row]) => Number(row?.id)),
        changes: [],
      }),
    }),
  };
}

function write(client: Client, mark: RunMark) {
  if (mark.type === "start") {
    return client.$queryRaw<unknown[]>`
      INSERT INTO "RegistryRun" ("startedAt", "lastSeenAt") VALUES (${mark.now}, ${mark.now}) RETURNING "id"`;
  }
  const stoppedAt = mark.type === "stop" ? mark.now : null;
  return client.$queryRaw<unknown[]>`
    UPDATE "RegistryRun" SET "lastSeenAt" = max("lastSeenAt", ${mark.now}), "stoppedAt" = ${stoppedAt}
    WHERE "id" = ${mark.runId} RETURNING "id"`;
}
