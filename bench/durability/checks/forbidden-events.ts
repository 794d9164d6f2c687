/** Events by session, counted once for all the questions below. */
export const TALLY = `
  CREATE TEMP TABLE "Tally" AS SELECT "sessionPk",
    sum("type" = 'created') AS "created", sum("type" = 'updated') AS "updated", sum("type" = 'renewed') AS "renewed",
    sum("type" = 'state_written') AS "states", sum("type" = 'token_issued') AS "issued",
    max(CASE WHEN "type" = 'state_written' THEN "data" ->> 'version' END) AS "version",
    sum(CASE WHEN "type" = 'messages_appended' THEN "data" ->> 'count' ELSE 0 END) AS "messages",
    sum("type" = 'claimed') AS "claimed", sum("type" = 'reconnected') AS "reconnected",
    max(CASE WHEN "type" IN ('claimed', 'reconnected') THEN "data" ->> 'epoch' END) AS "epoch",
    sum("type" = 'disconnected') AS "lost",
    sum(CASE WHEN "type" = 'revived' OR "type" IN ('claimed', 'reconnected', 'expired', 'closed', 'terminated')
      THEN "type" = 'revived' OR "data" ->> 'from' = 'disconnected' END) AS "found",
    sum("type" = 'expired') AS "expired",
    sum(CASE WHEN "type" IN ('reconnected', 'terminated') THEN "data" ->> 'from' = 'expired' END) AS "unexpired",
    sum("type" = 'closed') AS "closed", sum("type" = 'terminated') AS "terminated",
    max(CASE WHEN "type" = 'terminated' THEN "data" ->> 'commandId' END) AS "commandId",
    sum("type" = 'command_acknowledged') AS "answers"
  FROM "SessionEvent" GROUP BY "sessionPk"`;

const JOINED = `"Session" s LEFT JOIN "Tally" e ON e."sessionPk" = s."pk"`;
const count = (condition: string): string => `SELECT count(*) FROM ${JOINED} WHERE ${condition}`;

/** Where the log of a session does not tell what became of it: one event for each transition, and none without. */
export const FORBIDDEN_EVENTS: Readonly<Record<string, string>> = {
  "sessions without exactly one created event": count(`e."created" IS NOT 1`),
  "sessions whose label changes and their events differ": count(
    `s."supersedes" IS NULL AND e."updated" <> coalesce(CAST(s."labels" ->> 'revision' AS INTEGER), 0)`,
  ),
  "sessions whose state writes and their events differ": count(
    `e."states" <> s."stateVersion" OR coalesce(e."version", 0) <> s."stateVersion"`,
  ),
  "sessions whose messages and their events differ": count(`e."messages" <> s."messageCount"`),
  "sessions whose reconnects and their events differ": count(`e."reconnected" <> s."reconnectCount"`),
  "sessions whose owners and their events differ": `
    SELECT count(*) FROM "Tally" e JOIN "SessionActivity" a ON a."sessionPk" = e."sessionPk"
    WHERE a."epoch" <> 1 + e."claimed" + e."reconnected" OR a."epoch" <> coalesce(e."epoch", 1)`,
  "sessions whose tokens and their events differ": `
    SELECT count(*) FROM "Tally" e LEFT JOIN (
      SELECT "sessionPk", count(*) AS "count" FROM "ReconnectToken" GROUP BY "sessionPk") t ON t."sessionPk" = e."sessionPk"
    WHERE coalesce(t."count", 0) <> e."issued" + e."reconnected"`,
  "sessions whose successor and its event differ": count(`e."renewed" <> (s."supersededBy" IS NOT NULL)`),
  "sessions whose disconnects and their events differ": count(
    `e."lost" - coalesce(e."found", 0) <> (s."status" = 'disconnected')`,
  ),
  "sessions whose expiry and its events differ": count(
    `e."expired" - coalesce(e."unexpired", 0) <> (s."status" = 'expired')`,
  ),
  "sessions whose close and its event differ": count(`e."closed" <> (s."status" = 'closed')`),
  "sessions whose termination and its event differ": count(`e."terminated" <> (s."status" = 'terminated')`),
  "sessions whose end and its latest event differ": `
    SELECT count(*) FROM "Session" s WHERE s."status" <> 'active' AND NOT EXISTS (
      SELECT 1 FROM "SessionEvent" e WHERE e."sessionPk" = s."pk" AND e."type" = s."status" AND e."reason" = s."endReason"
        AND e."at" = s."endedAt")`,
  "terminated sessions whose command and its event differ": `
    SELECT count(*) FROM "Tally" e LEFT JOIN "Command" c ON c."sessionPk" = e."sessionPk" WHERE c."id" IS NOT e."commandId"`,
  "commands whose answer and its event differ": `
    SELECT count(*) FROM "Command" c JOIN "Tally" e ON e."sessionPk" = c."sessionPk"
    WHERE e."answers" <> (c."acknowledgedAt" IS NOT NULL) OR (c."acknowledgedAt" IS NULL) <> (c."outcome" IS NULL)`,
};
