import type Database from "better-sqlite3";
import { readNumber } from "../../data/open-database";
import { FORBIDDEN_CONTENT } from "./forbidden-content";
import { FORBIDDEN_EVENTS, TALLY } from "./forbidden-events";
import { FORBIDDEN_SESSIONS } from "./forbidden-sessions";

const FORBIDDEN = { ...FORBIDDEN_SESSIONS, ...FORBIDDEN_CONTENT, ...FORBIDDEN_EVENTS };
const PRAGMAS = { integrity_check: "ok", journal_mode: "wal" };

/** While nobody was there to receive a sign of life, nothing may have run out. */
const RAN_OUT: Readonly<Record<string, string>> = {
  "sessions that expired while the registry was down": `
    SELECT count(*) FROM "SessionEvent" WHERE "type" = 'expired' AND "at" > ? AND "at" <= ?`,
  "leases that were lost while the registry was down": `
    SELECT count(*) FROM "Instance" WHERE "status" = 'lost' AND "endedAt" > ? AND "endedAt" <= ?`,
};

/** Checks the file and what holds between its tables, whoever wrote them. */
export function checkDatabase(database: Database.Database, killedAt: number): string[] {
  return database.transaction(() => {
    const damage = Object.entries(PRAGMAS).flatMap(([pragma, expected]) => {
      const actual = String(database.pragma(pragma, { simple: true }));
      return actual === expected ? [] : [`${pragma}: ${actual}`];
    });
    database.exec(TALLY);
    database.exec(`CREATE UNIQUE INDEX temp."Tally_sessionPk" ON "Tally" ("sessionPk")`);
    const offenders = Object.entries(FORBIDDEN).map(([what, sql]) => [what, readNumber(database, sql)] as const);
    database.exec(`DROP TABLE temp."Tally"`);
    const startedAt = readNumber(database, `SELECT max("startedAt") FROM "RegistryRun"`);
    const ranOut = Object.entries(RAN_OUT).map(
      ([what, sql]) => [what, Number(database.prepare(sql).pluck().get(killedAt, startedAt))] as const,
    );
    return [
      ...damage,
      ...[...offenders, ...ranOut].filter(([, count]) => count > 0).map(([what, count]) => `${String(count)} ${what}`),
    ];
  })();
}
