/** What no database of Holdfast may hold of sessions, processes and tokens: each query counts offenders. */
export const FORBIDDEN_SESSIONS: Readonly<Record<string, string>> = {
  "sessions without activity": `
    SELECT count(*) FROM "Session" s LEFT JOIN "SessionActivity" a ON a."sessionPk" = s."pk" WHERE a."sessionPk" IS NULL`,
  "active sessions whose activity says otherwise": `
    SELECT count(*) FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE (s."status" = 'active') <> (a."nextCheckAt" IS NOT NULL AND a."disconnectedAt" IS NULL)`,
  "disconnected sessions whose activity says otherwise": `
    SELECT count(*) FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE (s."status" = 'disconnected') <> (a."nextCheckAt" IS NOT NULL AND a."disconnectedAt" IS NOT NULL)`,
  "ended sessions that a process holds, or that are still watched": `
    SELECT count(*) FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE s."status" IN ('expired', 'closed', 'terminated') AND (a."nextCheckAt" IS NOT NULL OR a."instancePk" IS NOT NULL)`,
  "sessions whose end is half recorded": `
    SELECT count(*) FROM "Session" WHERE ("status" = 'active') <> ("endReason" IS NULL) OR ("endReason" IS NULL) <> ("endedAt" IS NULL)`,
  "active sessions of a process that has ended": `
    SELECT count(*) FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk" JOIN "Instance" i ON i."pk" = a."instancePk"
    WHERE s."status" = 'active' AND i."status" IN ('stopped', 'superseded')`,
  "open sessions held by another process than the last": `
    SELECT count(*) FROM "Session" s JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
    WHERE a."instancePk" IS NOT NULL AND a."instancePk" IS NOT s."instancePk"`,
  "processes with two boots that could be alive": `
    SELECT count(*) FROM (SELECT 1 FROM "Instance" WHERE "status" IN ('alive', 'lost') GROUP BY "id" HAVING count(*) > 1)`,
  "processes that are alive without a lease, or have one after their end": `
    SELECT count(*) FROM "Instance" WHERE ("status" = 'alive') <> ("leaseExpiresAt" IS NOT NULL)
      OR ("status" = 'alive') <> ("endedAt" IS NULL)`,
  "successors whose predecessor does not name them": `
    SELECT count(*) FROM "Session" n LEFT JOIN "Session" s ON s."id" = n."supersedes"
    WHERE n."supersedes" IS NOT NULL AND s."supersededBy" IS NOT n."id"`,
  "predecessors whose successor does not name them": `
    SELECT count(*) FROM "Session" s LEFT JOIN "Session" n ON n."id" = s."supersededBy"
    WHERE s."supersededBy" IS NOT NULL AND n."supersedes" IS NOT s."id"`,
  "redeemed tokens without their successor": `
    SELECT count(*) FROM "ReconnectToken" t LEFT JOIN "ReconnectToken" n ON n."hash" = t."successor" ->> 'hash'
    WHERE (t."redeemedAt" IS NULL) <> (t."successor" IS NULL) OR t."redeemedAt" IS NOT NULL AND n."sessionPk" IS NOT t."sessionPk"`,
  "broken references": `SELECT count(*) FROM pragma_foreign_key_check`,
};
