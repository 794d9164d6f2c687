import { rmSync } from "node:fs";
import type Database from "better-sqlite3";
import { afterAll, beforeEach, expect, it } from "vitest";
import { createMigratedFolder } from "@/lib/testing/migrated-folder";
import { openDatabase } from "../../data/open-database";
import { checkDatabase } from "./check-database";
import { FORBIDDEN_CONTENT } from "./forbidden-content";
import { FORBIDDEN_EVENTS } from "./forbidden-events";
import { FORBIDDEN_SESSIONS } from "./forbidden-sessions";

const KILLED_AT = 100;

/** Four sessions as the registry would leave them: in use, waiting, expired and continued, terminated. */
const SOUND = `
  INSERT INTO "RegistryRun" ("startedAt", "lastSeenAt") VALUES (200, 200);
  INSERT INTO "Server" ("id", "name", "createdAt") VALUES (1, 's', 1);
  INSERT INTO "Instance" ("pk", "id", "bootId", "serverId", "protocolVersions", "startedAt", "registeredAt", "leaseMs",
    "lastHeartbeatAt", "leaseExpiresAt", "status", "endedAt")
  VALUES (1, 'i', 'b1', 1, '[]', 1, 1, 1, 1, NULL, 'superseded', 2), (2, 'i', 'b2', 1, '[]', 1, 1, 1, 1, 900, 'alive', NULL);
  INSERT INTO "Session" ("pk", "id", "kind", "serverId", "instancePk", "mcpServers", "labels", "idleTimeoutMs", "status",
    "endReason", "createdAt", "endedAt", "reconnectCount", "messageCount", "stateVersion", "supersedes", "supersededBy")
  VALUES
    (1, 'used', 'protocol', 1, 2, '[]', '{"revision":"1"}', 9, 'active', NULL, 1, NULL, 1, 2, 3, 'over', NULL),
    (2, 'waiting', 'protocol', 1, 1, '[]', '{}', 9, 'disconnected', 'instance_lost', 1, 2, 0, 0, 0, NULL, NULL),
    (3, 'over', 'protocol', 1, NULL, '[]', '{}', 9, 'expired', 'idle_timeout', 1, 50, 0, 0, 0, NULL, 'used'),
    (4, 'ended', 'protocol', 1, 2, '[]', '{}', 9, 'terminated', 'operator_terminated', 1, 60, 0, 0, 0, NULL, NULL);
  INSERT INTO "SessionActivity" ("sessionPk", "lastActivityAt", "idleTimeoutMs", "deadlineAt", "nextCheckAt", "disconnectedAt",
    "instancePk", "epoch")
  VALUES (1, 1, 9, 900, 900, NULL, 2, 3), (2, 1, 9, 900, 900, 2, 1, 1), (3, 1, 9, 50, NULL, NULL, NULL, 1),
    (4, 1, 9, 900, NULL, NULL, NULL, 1);
  INSERT INTO "SessionState" VALUES (1, 3, '{"last":3,"from":2,"step3":3}', 1);
  INSERT INTO "Message" VALUES (1, 1, 'm1', 'user', '"message 1"', 1), (1, 2, 'm2', 'user', '"message 2"', 1);
  INSERT INTO "SessionEvent" ("sessionPk", "type", "at", "reason", "data") VALUES
    (1, 'created', 1, NULL, NULL), (2, 'created', 1, NULL, NULL), (3, 'created', 1, NULL, NULL), (4, 'created', 1, NULL, NULL),
    (1, 'updated', 1, NULL, NULL), (1, 'state_written', 1, NULL, '{"version":1}'), (1, 'state_written', 1, NULL, '{"version":2}'),
    (1, 'state_written', 1, NULL, '{"version":3}'), (1, 'messages_appended', 1, NULL, '{"count":2}'),
    (1, 'token_issued', 1, NULL, '{}'), (1, 'reconnected', 1, NULL, '{"from":"active","epoch":2}'),
    (1, 'disconnected', 1, 'transport_lost', '{}'), (1, 'claimed', 1, NULL, '{"from":"disconnected","epoch":3}'),
    (2, 'disconnected', 2, 'instance_lost', '{}'), (3, 'expired', 50, 'idle_timeout', NULL), (3, 'renewed', 51, NULL, '{}'),
    (4, 'terminated', 60, 'operator_terminated', '{"commandId":"c"}'), (4, 'command_acknowledged', 61, NULL, '{}');
  INSERT INTO "ReconnectToken" ("hash", "sessionPk", "jti", "keyId", "epoch", "issuedAt", "expiresAt", "redeemedAt", "successor")
  VALUES ('t1', 1, 'j1', 'k', 1, 1, 900, 1, '{"hash":"t2"}'), ('t2', 1, 'j2', 'k', 2, 1, 900, NULL, NULL);
  INSERT INTO "Command" ("id", "type", "sessionPk", "serverId", "createdAt", "acknowledgedAt", "outcome")
  VALUES ('c', 'terminate', 4, 1, 60, 61, 'done')`;

/** One kind of damage for each thing that is looked for, by what it has to be found as. */
const DAMAGE: Record<string, string> = {
  "sessions without activity": `DELETE FROM "SessionActivity" WHERE "sessionPk" = 1`,
  "active sessions whose activity says otherwise": `UPDATE "SessionActivity" SET "nextCheckAt" = NULL WHERE "sessionPk" = 1`,
  "disconnected sessions whose activity says otherwise": `UPDATE "SessionActivity" SET "disconnectedAt" = NULL WHERE "sessionPk" = 2`,
  "ended sessions that a process holds, or that are still watched": `UPDATE "SessionActivity" SET "instancePk" = 2 WHERE "sessionPk" = 4`,
  "sessions whose end is half recorded": `UPDATE "Session" SET "endReason" = NULL WHERE "pk" = 2`,
  "active sessions of a process that has ended": `UPDATE "SessionActivity" SET "instancePk" = 1 WHERE "sessionPk" = 1`,
  "open sessions held by another process than the last": `UPDATE "Session" SET "instancePk" = 1 WHERE "pk" = 1`,
  "processes with two boots that could be alive": `UPDATE "Instance" SET "status" = 'lost' WHERE "pk" = 1`,
  "processes that are alive without a lease, or have one after their end": `UPDATE "Instance" SET "leaseExpiresAt" = NULL`,
  "successors whose predecessor does not name them": `UPDATE "Session" SET "supersededBy" = 'ended' WHERE "pk" = 3`,
  "predecessors whose successor does not name them": `UPDATE "Session" SET "supersedes" = NULL WHERE "pk" = 1`,
  "redeemed tokens without their successor": `DELETE FROM "ReconnectToken" WHERE "hash" = 't2'`,
  "broken references": `DELETE FROM "Server"`,
  "sessions whose state has another version": `UPDATE "Session" SET "stateVersion" = 4 WHERE "pk" = 1`,
  "states of another version than they were written as": `UPDATE "SessionState" SET "json" = json_set("json", '$.last', 2)`,
  "states that have lost a merge, or kept what was replaced": `UPDATE "SessionState" SET "json" = json_remove("json", '$.step3')`,
  "sessions with missing or surplus messages": `DELETE FROM "Message" WHERE "seq" = 1`,
  "messages in the place of others": `UPDATE "Message" SET "content" = '"message 3"' WHERE "seq" = 1`,
  "sessions without exactly one created event": `DELETE FROM "SessionEvent" WHERE "type" = 'created' AND "sessionPk" = 2`,
  "sessions whose label changes and their events differ": `UPDATE "Session" SET "labels" = '{"revision":"1"}' WHERE "pk" = 2`,
  "sessions whose state writes and their events differ": `DELETE FROM "SessionEvent" WHERE "data" ->> 'version' = 2`,
  "sessions whose messages and their events differ": `DELETE FROM "SessionEvent" WHERE "type" = 'messages_appended'`,
  "sessions whose reconnects and their events differ": `UPDATE "Session" SET "reconnectCount" = 0`,
  "sessions whose owners and their events differ": `UPDATE "SessionActivity" SET "epoch" = 2 WHERE "sessionPk" = 1`,
  "sessions whose tokens and their events differ": `DELETE FROM "SessionEvent" WHERE "type" = 'token_issued'`,
  "sessions whose successor and its event differ": `DELETE FROM "SessionEvent" WHERE "type" = 'renewed'`,
  "sessions whose disconnects and their events differ": `DELETE FROM "SessionEvent" WHERE "type" = 'disconnected' AND "sessionPk" = 1`,
  "sessions whose expiry and its events differ": `DELETE FROM "SessionEvent" WHERE "type" = 'expired'`,
  "sessions whose close and its event differ": `INSERT INTO "SessionEvent" ("sessionPk", "type", "at") VALUES (1, 'closed', 1)`,
  "sessions whose termination and its event differ": `DELETE FROM "SessionEvent" WHERE "type" = 'terminated'`,
  "sessions whose end and its latest event differ": `UPDATE "SessionEvent" SET "at" = 59 WHERE "type" = 'terminated'`,
  "terminated sessions whose command and its event differ": `DELETE FROM "Command"`,
  "commands whose answer and its event differ": `DELETE FROM "SessionEvent" WHERE "type" = 'command_acknowledged'`,
  "sessions that expired while the registry was down": `UPDATE "SessionEvent" SET "at" = 150 WHERE "type" = 'expired'`,
  "leases that were lost while the registry was down": `UPDATE "Instance" SET "status" = 'lost', "leaseExpiresAt" = NULL, "endedAt" = 150 WHERE "pk" = 2`,
};

const folder = await createMigratedFolder();
let database: Database.Database;

beforeEach(() => {
  database = openDatabase(folder);
  database.pragma("journal_mode = WAL");
  database.pragma("foreign_keys = OFF");
  return () => database.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What is found after some damage, which is undone again. */
function findAfter(damage: string): string[] {
  database.exec(`BEGIN; ${SOUND}; ${damage}`);
  try {
    return checkDatabase(database, KILLED_AT);
  } finally {
    database.exec("ROLLBACK");
  }
}

it("finds nothing in a sound database", () => {
  expect(findAfter("SELECT 1")).toEqual([]);
});

it.each(Object.entries(DAMAGE))("finds %s", (what, damage) => {
  expect(findAfter(damage).map((problem) => problem.replace(/^\d+ /, ""))).toContain(what);
});

it("has an example of everything that it looks for", () => {
  const lookedFor = [FORBIDDEN_SESSIONS, FORBIDDEN_CONTENT, FORBIDDEN_EVENTS].flatMap(Object.keys);
  expect(lookedFor.filter((what) => !(what in DAMAGE))).toEqual([]);
});

it("finds a database that is not written ahead", () => {
  database.pragma("journal_mode = DELETE");
  expect(findAfter("SELECT 1")).toEqual(["journal_mode: delete"]);
});
