import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { SessionChange } from "@/lib/domain/events";
import type { HoldfastError } from "@/lib/domain/errors";
import { type WriteKind, WriteQueue } from "./write-queue";

interface Add {
  key: string;
  value: number;
  fails?: boolean;
}

/** A statement is the work itself; the transaction below rolls all of it back when one of it throws. */
type Statement = () => unknown;

/** Appends values to lists by key; answers the list's length once the operation is done. */
function appendKind(lists: Map<string, number[]>, name: string, folds = false): WriteKind<Add, number, Statement> {
  return {
    name,
    folds,
    keysOf: ({ key }) => (key === "*" ? null : [key]),
    prepare: (operations) => ({
      statements: operations.map(({ key, value, fails }) => () => {
        if (fails) throw new Error(`${name} ${String(value)} is poison`);
        const list = [...(lists.get(key) ?? []), value];
        lists.set(key, list);
        return list.length;
      }),
      settle: (rows) => ({ results: rows, changes: operations.map(({ value }) => changeOf(value)) }),
    }),
  };
}

function changeOf(pk: number): SessionChange {
  return { type: "purged", pk, status: "closed" };
}

describe("WriteQueue", () => {
  let lists: Map<string, number[]>;
  let commits: number;
  let failCommits: (() => Error)[];

  async function commit(statements: Statement[]): Promise<unknown[]> {
    await Promise.resolve();
    const fail = failCommits.shift();
    if (fail) throw fail();
    const before = new Map(lists);
    try {
      const rows = statements.map((statement) => statement());
      commits += 1;
      return rows;
    } catch (error) {
      lists.clear();
      for (const [key, list] of before) lists.set(key, list);
      throw error;
    }
  }

  beforeEach(() => {
    lists = new Map();
    commits = 0;
    failCommits = [];
  });

  it("answers each caller with its own result", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    const kind = appendKind(lists, "append");
    const results = await Promise.all(
      ["a", "b", "a", "c", "a"].map((key, value) => queue.submit(kind, { key, value })),
    );
    expect(results).toEqual([1, 1, 2, 1, 3]);
  });

  it("shares one commit among all writes that arrive together", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    const kind = appendKind(lists, "append", true);
    await Promise.all(Array.from({ length: 500 }, (_, value) => queue.submit(kind, { key: "a", value })));
    expect(commits).toBe(1);
  });

  it("splits what exceeds a batch into several commits", async () => {
    const queue = new WriteQueue<Statement>({ commit, maxBatch: 100 });
    const kind = appendKind(lists, "append", true);
    await Promise.all(Array.from({ length: 250 }, (_, value) => queue.submit(kind, { key: "a", value })));
    expect(commits).toBe(3);
    expect(lists.get("a")).toEqual(Array.from({ length: 250 }, (_, value) => value));
  });

  it("keeps the order of any two writes that touch the same thing, whatever their kinds", async () => {
    const operation = fc.record({
      kind: fc.constantFrom("folding" as const, "single" as const, "other" as const),
      key: fc.constantFrom("a", "b", "c", "*"),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        async (plan, maxBatch) => {
          const log = { executed: [] as number[], violations: [] as string[] };
          const queue = new WriteQueue<Statement>({ commit: async (all) => all.map((run) => run()), maxBatch });
          const kinds = {
            folding: logKind(log, "folding"),
            single: logKind(log, "single"),
            other: logKind(log, "other"),
          };
          await Promise.all(plan.map(async ({ kind, key }, value) => queue.submit(kinds[kind], { key, value })));
          expect(log.violations).toEqual([]);
          const position = new Map(log.executed.map((value, index) => [value, index]));
          for (const [later, { key }] of plan.entries()) {
            for (const [earlier, { key: other }] of plan.slice(0, later).entries()) {
              if (key !== other && key !== "*" && other !== "*") continue;
              expect(position.get(earlier)).toBeLessThan(position.get(later) ?? -1);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it("rejects only the write that is at fault and carries out the others once", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    const kind = appendKind(lists, "append");
    const settled = await Promise.allSettled(
      [1, 2, 3].map((value) => queue.submit(kind, { key: String(value), value, fails: value === 2 })),
    );
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
    expect(settled[1]).toMatchObject({ reason: { message: "append 2 is poison" } });
    expect([...lists]).toEqual([
      ["1", [1]],
      ["3", [3]],
    ]);
  });

  it.each(["SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR_WRITE"])(
    "rejects all writes of a commit on %s",
    async (code) => {
      const queue = new WriteQueue<Statement>({ commit });
      const kind = appendKind(lists, "append");
      failCommits = [() => Object.assign(new Error("driver"), { code })];
      const settled = await Promise.allSettled([1, 2].map((value) => queue.submit(kind, { key: "a", value })));
      expect(settled.map((result) => result.status === "rejected" && (result.reason as HoldfastError).code)).toEqual(
        Array(2).fill({ SQLITE_BUSY: "storage_busy", SQLITE_FULL: "storage_full" }[code] ?? "storage_unavailable"),
      );
      expect(lists.size).toBe(0);
      await expect(queue.submit(kind, { key: "a", value: 3 })).resolves.toBe(1);
    },
  );

  it("tells its listeners of a commit before it answers any caller of it", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    const order: string[] = [];
    queue.onCommit((changes) => {
      order.push(`heard ${changes.map((change) => change.pk).join()}`);
    });
    const kind = appendKind(lists, "append");
    await Promise.all(
      [1, 2].map(async (value) => {
        await queue.submit(kind, { key: "a", value });
        order.push(`answered ${String(value)}`);
      }),
    );
    expect(order).toEqual(["heard 1,2", "answered 1", "answered 2"]);
  });

  it("does not tell its listeners of writes that failed", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    const heard: number[] = [];
    queue.onCommit((changes) => heard.push(...changes.map(({ pk }) => pk)));
    const kind = appendKind(lists, "append");
    await Promise.allSettled([1, 2].map((value) => queue.submit(kind, { key: "a", value, fails: value === 1 })));
    expect(heard).toEqual([2]);
  });

  it("never carries a write out twice because somebody choked on its report", async () => {
    const queue = new WriteQueue<Statement>({ commit });
    queue.onCommit(() => {
      throw new Error("choked");
    });
    const kind = appendKind(lists, "append");
    await Promise.allSettled([1, 2].map((value) => queue.submit(kind, { key: "a", value })));
    expect(lists.get("a")).toEqual([1, 2]);
    await Promise.allSettled([queue.submit(kind, { key: "a", value: 3 })]);
    expect(lists.get("a")).toEqual([1, 2, 3]);
  });

  it("refuses writes beyond its limit as busy, and takes them again once it has caught up", async () => {
    const queue = new WriteQueue<Statement>({ commit, maxPending: 3 });
    const kind = appendKind(lists, "append");
    const settled = await Promise.allSettled([1, 2, 3, 4].map((value) => queue.submit(kind, { key: "a", value })));
    expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled", "rejected"]);
    expect(settled[3]).toMatchObject({ reason: { code: "storage_busy" } });
    await expect(queue.submit(kind, { key: "a", value: 5 })).resolves.toBe(4);
  });

  it("finishes what it accepted before it is closed, and refuses the rest", async () => {
    const queue = new WriteQueue<Statement>({ commit, maxBatch: 1 });
    const kind = appendKind(lists, "append");
    const accepted = [1, 2, 3].map((value) => queue.submit(kind, { key: "a", value }));
    const closing = queue.close();
    await expect(queue.submit(kind, { key: "a", value: 4 })).rejects.toMatchObject({ code: "shutting_down" });
    await closing;
    expect(lists.get("a")).toEqual([1, 2, 3]);
    await expect(Promise.all(accepted)).resolves.toEqual([1, 2, 3]);
  });

  it("closes at once when there is nothing to finish", async () => {
    await expect(new WriteQueue<Statement>({ commit }).close()).resolves.toBeUndefined();
  });

  it("waits for its turn: what is submitted in one turn of the event loop is not committed within it", async () => {
    const turns: (() => void)[] = [];
    const queue = new WriteQueue<Statement>({ commit, defer: (task) => turns.push(task) });
    const kind = appendKind(lists, "append");
    const both = Promise.all([1, 2].map((value) => queue.submit(kind, { key: "a", value })));
    await Promise.resolve();
    expect([turns.length, commits]).toEqual([1, 0]);
    turns[0]?.();
    await both;
    expect(commits).toBe(1);
  });
});

/** Notes what it is asked to do, and whether it was handed operations that may not share a run. */
function logKind(log: { executed: number[]; violations: string[] }, name: string): WriteKind<Add, unknown, Statement> {
  const folds = name === "folding";
  return {
    name,
    folds,
    keysOf: ({ key }) => (key === "*" ? null : [key]),
    prepare: (operations) => {
      const keys = operations.map(({ key }) => key);
      const mayShare = keys.length === 1 || (!keys.includes("*") && (folds || new Set(keys).size === keys.length));
      if (!mayShare) log.violations.push(`${name}: ${keys.join()}`);
      return {
        statements: operations.map(
          ({ value }) =>
            () =>
              log.executed.push(value),
        ),
        settle: (rows) => ({ results: rows, changes: [] }),
      };
    },
  };
}
