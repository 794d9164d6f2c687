const SPAN_MS = String(30 * 24 * 3_600_000);
const IDLE_TIMEOUT_MS = String(30 * 60_000);

/** A number in [0, 1) that looks random and is the same in every run. */
function noise(column: string, factor: number): string {
  return `((${column} * ${String(factor)} % 9973) / 9973.0)`;
}

/** Half of all sessions last less than a minute, few last up to two hours. */
const DURATION_MS = `1000 + CAST(7200000 * ${noise("i", 7919)} * ${noise("i", 6007)} * ${noise("i", 104729)} AS INTEGER)`;

/** Ended sessions evenly over the last 30 days, then active ones of the last quarter of an hour. */
const SESSIONS = `
  WITH RECURSIVE
    n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < @active + @ended),
    started(i, "createdAt") AS (
      SELECT i, CASE WHEN i <= @ended
        THEN @now - ${SPAN_MS} + CAST((${SPAN_MS} - 1000.0) * i / (@ended + 1) AS INTEGER)
        ELSE @now - 900000 + CAST(900000.0 * (i - @ended) / (@active + 1) AS INTEGER) END
      FROM n)
  INSERT INTO "Session" ("pk", "id", "kind", "serverId", "serverVersion", "instanceId", "clientId", "clientName", "clientInfo",
    "capabilities", "protocolVersion", "transport", "principal", "mcpServers", "labels", "idleTimeoutMs", "status",
    "endReason", "createdAt", "endedAt")
  SELECT i, 'bench-' || i, 'protocol', 1 + i % 10, '1.0.0', 'instance-' || (i % 40), 'client-' || (i % 5000), 'claude-ai',
    '{"name":"claude-ai","version":"0.9.' || (i % 20) || '"}', '{"tools":{},"resources":{}}', '2025-11-25',
    'streamable-http', 'user-' || (i % 2000), '["notes"]', '{"team":"team-' || (i % 12) || '"}', ${IDLE_TIMEOUT_MS},
    CASE WHEN i > @ended THEN 'active' WHEN i % 10 < 6 THEN 'expired' WHEN i % 10 = 9 THEN 'terminated' ELSE 'closed' END,
    CASE WHEN i > @ended THEN NULL WHEN i % 10 < 6 THEN 'idle_timeout' WHEN i % 10 = 9 THEN 'operator_terminated'
      WHEN i % 10 = 8 THEN 'server_closed' ELSE 'client_closed' END,
    "createdAt", CASE WHEN i <= @ended THEN min(@now - 1, "createdAt" + ${DURATION_MS}) END
  FROM started`;

/** Active sessions were used between their start and now: most are healthy, some aging, some stale. */
const ACTIVITY = `
  INSERT INTO "SessionActivity" ("sessionPk", "lastActivityAt", "lastHeartbeatAt", "requestCount", "errorCount",
    "idleTimeoutMs", "deadlineAt", "nextCheckAt")
  SELECT "pk", "at", "at", 0, 0, ${IDLE_TIMEOUT_MS}, "at" + ${IDLE_TIMEOUT_MS},
    CASE WHEN "status" = 'active' THEN "at" + ${IDLE_TIMEOUT_MS} END
  FROM (
    SELECT "pk", "status", CASE WHEN "status" = 'active'
      THEN "createdAt" + CAST((@now - "createdAt") * ${noise('"pk"', 7919)} AS INTEGER) ELSE "endedAt" END AS "at"
    FROM "Session")
  ORDER BY "pk"`;

const EVENTS = `
  INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason")
  SELECT "pk", 'created', "createdAt", NULL FROM "Session"
  UNION ALL SELECT "pk", "status", "endedAt", "endReason" FROM "Session" WHERE "endedAt" IS NOT NULL
  ORDER BY 3`;

/** In the order in which they must run; each takes `@now`, `@active` and `@ended`. */
export const SEED_STATEMENTS = [
  `INSERT INTO "RegistryRun" ("startedAt", "lastSeenAt", "stoppedAt") VALUES (@now - ${SPAN_MS}, @now, @now)`,
  `INSERT INTO "Server" ("name", "createdAt") SELECT 'server-' || value, @now FROM json_each('[1,2,3,4,5,6,7,8,9,10]')`,
  SESSIONS,
  ACTIVITY,
  EVENTS,
];
