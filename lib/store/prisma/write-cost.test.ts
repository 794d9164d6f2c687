import { rmSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMigratedFolder } from "@/lib/testing/migrated-folder";
import { beatOf } from "../contract/store-fixture";
import { factsOf, redemptionOf } from "../contract/token-fixture";
import { PrismaClient } from "./generated/client";
import { createGuardedAdapter } from "./guarded-adapter";
import { acknowledgeCommandsWrite } from "./writes/acknowledge-commands";
import { appendMessagesWrite } from "./writes/append-messages";
import { drainInstancesWrite, renewLeasesWrite, stopInstancesWrite } from "./writes/change-instances";
import { claimSessionsWrite } from "./writes/claim-sessions";
import { createSessionsWrite } from "./writes/create-sessions";
import { disconnectSessionsWrite } from "./writes/disconnect-sessions";
import { endSessionsWrite } from "./writes/end-sessions";
import { issueTokensWrite } from "./writes/issue-tokens";
import { punishReuseWrite } from "./writes/punish-reuse";
import { purgeEndedWrite } from "./writes/purge-ended";
import { purgeTokensWrite } from "./writes/purge-tokens";
import { recordBeatsWrite } from "./writes/record-beats";
import { recordExpiredWrite } from "./writes/record-expired";
import { recordNoticesWrite } from "./writes/record-notices";
import { redeemTokensWrite } from "./writes/redeem-tokens";
import { registerInstancesWrite } from "./writes/register-instances";
import { recordLostInstancesWrite } from "./writes/sweep-instances";
import { updateSessionsWrite } from "./writes/update-sessions";
import { writeStatesWrite } from "./writes/write-states";

/** A scan of anything but the statement's own input, or a search by what many rows have in common. */
const WALK =
  /^SCAN (?!(j|json_each|d|target|fresh|\(subquery-\d+\))( |$))|Session_status_pk_idx|Command_acknowledgedAt_createdAt_idx|USING INDEX sqlite_autoindex_Message_1/;

interface Opcode {
  opcode: string;
  p1: number;
  p2: number;
}

/** How SQLite finds the rows of a statement, step by step. */
function planOf(database: Database.Database, sql: string): string[] {
  const steps = database.prepare(`EXPLAIN QUERY PLAN ${sql.replaceAll("?", "NULL")}`).all() as { detail: string }[];
  return steps.map(({ detail }) => detail);
}

/** What SQLite's own program for a statement opens for writing: tables and indexes by name. */
function writtenBy(database: Database.Database, sql: string): string[] {
  const roots = new Map(
    (database.prepare("SELECT rootpage, name FROM sqlite_master").all() as { rootpage: number; name: string }[]).map(
      ({ rootpage, name }) => [rootpage, name],
    ),
  );
  const program = database.prepare(`EXPLAIN ${sql.replaceAll("?", "NULL")}`).all() as Opcode[];
  const opened = program.filter(({ opcode }) => opcode === "OpenWrite").map(({ p2 }) => roots.get(p2) ?? String(p2));
  return [...new Set(opened)].sort();
}

describe("what a write costs", () => {
  let folder: string;
  let client: PrismaClient<"query">;
  let database: Database.Database;
  const executed: string[] = [];

  beforeAll(async () => {
    folder = await createMigratedFolder();
    const path = join(folder, "holdfast.db");
    client = new PrismaClient({ adapter: createGuardedAdapter(path), log: [{ emit: "event", level: "query" }] });
    client.$on("query", ({ query }) => executed.push(query));
    database = new Database(path, { readonly: true });
  });
  afterAll(async () => {
    database.close();
    await client.$disconnect();
    rmSync(folder, { recursive: true });
  });

  /** The names of everything that the statements of a write open for writing. */
  async function writes(statements: Promise<unknown>[]): Promise<string[]> {
    executed.length = 0;
    await Promise.all(statements);
    expect(executed).toHaveLength(statements.length);
    return [...new Set(executed.flatMap((sql) => writtenBy(database, sql)))].sort();
  }

  it("is, for heartbeats, one statement that writes the narrow table and no index", async () => {
    const beats = Array.from({ length: 1_000 }, (_, index) => beatOf(`s-${String(index)}`, { activityAt: 1 }));
    const { statements } = recordBeatsWrite(client).prepare([{ beats, now: 1 }]);
    expect(statements).toHaveLength(1);
    expect(await writes(statements)).toEqual(["SessionActivity"]);
  });

  it("leaves the index of the next check to the sweep, and ids to creation", async () => {
    const sweep = recordExpiredWrite(client).prepare([{ now: 1, limit: 10 }]);
    expect(await writes(sweep.statements)).toContain("SessionActivity_nextCheckAt_idx");
    const creation = createSessionsWrite(client).prepare([]);
    expect(await writes(creation.statements)).toContain("Session_id_key");
  });

  it("does not grow with the number of sessions: rows are looked up, never walked through", async () => {
    const end = { id: "s", as: "closed", reason: "client_closed", detail: null, commandId: "c", now: 1 } as const;
    const state = { id: "s", mode: "replace", document: {}, ifVersion: null, maxBytes: 10, now: 1 } as const;
    const message = { id: null, role: "user", content: "." } as const;
    const redemption = { ...redemptionOf("a"), now: 1 };
    const instance = { id: "i", bootId: "b" };
    const changes = { idleTimeoutMs: 1_000, labels: { a: "b" } };
    const facts = {
      ...{ id: "i", bootId: "b", server: "v", serverVersion: null, host: null, pid: null, sdk: null },
      ...{ protocolVersions: [], startedAt: 1, leaseMs: 1 },
    };
    const runs = {
      notices: recordNoticesWrite(client).prepare([[{ pk: 1, type: "heartbeat_gap", at: 1, data: {} }]]),
      beats: recordBeatsWrite(client).prepare([{ beats: [beatOf("s")], now: 1 }]),
      ends: endSessionsWrite(client).prepare([end, { ...end, id: "t", commandId: "d" }]),
      updates: updateSessionsWrite(client).prepare([{ id: "s", now: 1, changes }]),
      acknowledgements: acknowledgeCommandsWrite(client).prepare([
        { acks: [{ id: "c", outcome: "done", detail: null, by: null }], now: 1 },
      ]),
      sweeps: recordExpiredWrite(client).prepare([{ now: 1, limit: 10 }]),
      purges: purgeEndedWrite(client).prepare([{ endedBefore: 1, limit: 10 }]),
      states: writeStatesWrite(client).prepare([state, { ...state, mode: "merge", ifVersion: 1 }]),
      messages: appendMessagesWrite(client).prepare([{ id: "s", messages: [message], maxMessages: 10, now: 1 }]),
      issues: issueTokensWrite(client).prepare([{ sessionId: "s", token: factsOf("a"), maxGood: 8, now: 1 }]),
      redemptions: redeemTokensWrite(client).prepare([redemption, { ...redemption, instance }]),
      reuses: punishReuseWrite(client).prepare([{ sessionId: "s", hash: "a", commandId: "p", now: 1 }]),
      "token purges": purgeTokensWrite(client).prepare([{ expiredBefore: 1, limit: 10 }]),
      registrations: registerInstancesWrite(client).prepare([{ facts, now: 1 }]),
      leases: renewLeasesWrite(client).prepare([{ id: "i", bootId: "b", now: 1 }]),
      goodbyes: stopInstancesWrite(client).prepare([{ id: "i", bootId: "b", now: 1 }]),
      drains: drainInstancesWrite(client).prepare([{ id: "i", now: 1, drain: { deadlineAt: null } }]),
      claims: claimSessionsWrite(client).prepare([{ sessionId: "s", id: "i", bootId: "b", now: 1 }]),
      disconnects: disconnectSessionsWrite(client).prepare([
        { id: "s", reason: "transport_lost", detail: null, recoveryWindowMs: 1, now: 1 },
      ]),
      "lost leases": recordLostInstancesWrite(client).prepare([{ now: 1 }]),
    };
    for (const [name, { statements }] of Object.entries(runs)) {
      executed.length = 0;
      await Promise.all(statements);
      const steps = executed.flatMap((sql) => planOf(database, sql));
      expect(
        steps.filter((step) => WALK.test(step)),
        name,
      ).toEqual([]);
    }
  });
});
