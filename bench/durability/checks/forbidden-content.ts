/** What no database of these writers may hold of states and messages, which say themselves what they must contain. */
export const FORBIDDEN_CONTENT: Readonly<Record<string, string>> = {
  "sessions whose state has another version": `
    SELECT count(*) FROM "Session" s LEFT JOIN "SessionState" t ON t."sessionPk" = s."pk"
    WHERE s."stateVersion" <> coalesce(t."version", 0)`,
  "states of another version than they were written as": `
    SELECT count(*) FROM "SessionState" WHERE "json" ->> 'last' IS NOT "version"`,
  "states that have lost a merge, or kept what was replaced": `
    SELECT count(*) FROM "SessionState" t WHERE
      (SELECT count(*) FROM json_each(t."json") j WHERE j.key = 'step' || j.value)
        <> t."version" - coalesce(t."json" ->> 'from', 0)
      OR EXISTS (SELECT 1 FROM json_each(t."json") j
        WHERE j.key NOT IN ('last', 'from') AND (j.key <> 'step' || j.value OR j.value <= coalesce(t."json" ->> 'from', 0)))`,
  "sessions with missing or surplus messages": `
    SELECT count(*) FROM "Session" s LEFT JOIN (
      SELECT "sessionPk", count(*) AS "count", max("seq") AS "last" FROM "Message" GROUP BY "sessionPk") m
      ON m."sessionPk" = s."pk"
    WHERE s."messageCount" <> coalesce(m."count", 0) OR s."messageCount" <> coalesce(m."last", 0)`,
  "messages in the place of others": `
    SELECT count(*) FROM "Message"
    WHERE "messageId" IS NOT 'm' || "seq" OR "content" IS NOT '"message ' || "seq" || '"'`,
};
