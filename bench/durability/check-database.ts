import type Database from "better-sqlite3";
import { readNumber } from "../data/open-database";

const END_TYPES = `('expired', 'closed', 'terminated')`;

/** What no database of Holdfast may hold: each query counts offenders. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  "sessions with two ends": `
    SELECT count(*) FROM (
      SELECT 1 FROM "SessionEvent" WHERE "type" IN ${END_TYPES} GROUP BY "sessionPk" HAVING count(*) > 1)`,
  "ended sessions without the event of their end": `
    SELECT count(*) FROM "Session" s WHERE s."status" <> 'active' AND NOT EXISTS (
      SELECT 1 FROM "SessionEvent" e WHERE e."sessionPk" = s."pk" AND e."type" = s."status" AND e."reason" = s."endReason")`,
  "active sessions with the event of an end": `
    SELECT count(*) FROM "Session" s JOIN "SessionEvent" e ON e."sessionPk" = s."pk"
    WHERE s."status" = 'active' AND e."type" IN ${END_TYPES}`,
  "sessions without exactly one created event": `
    SELECT count(*) FROM "Session" s WHERE 1 <> (
      SELECT count(*) FROM "SessionEvent" e WHERE e."sessionPk" = s."pk" AND e."type" = 'created')`,
  "sessions without activity": `
    SELECT count(*) FROM "Session" s WHERE NOT EXISTS (
      SELECT 1 FROM "SessionActivity" a WHERE a."sessionPk" = s."pk")`,
  "terminated sessions without a command for their server": `
    SELECT count(*) FROM "Session" s WHERE s."status" = 'terminated' AND NOT EXISTS (
      SELECT 1 FROM "Command" c WHERE c."sessionPk" = s."pk")`,
  "broken references": `SELECT count(*) FROM pragma_foreign_key_check`,
};

/** Checks the file and what holds between its tables, whoever wrote them. */
export function checkDatabase(database: Database.Database): string[] {
  const integrity = String(database.pragma("integrity_check", { simple: true }));
  const damage = integrity === "ok" ? [] : [`integrity_check: ${integrity}`];
  const offenders = Object.entries(FORBIDDEN).flatMap(([what, sql]) => {
    const count = readNumber(database, sql);
    return count === 0 ? [] : [`${String(count)} ${what}`];
  });
  return [...damage, ...offenders];
}
