import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { viewSession } from "@/lib/domain/session-view";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import type { ListedSession, ListQuery } from "../session-list-store";
import type { SessionStore } from "../session-store";
import { beatOf, type OpenFreshStore, START, storeFixture } from "./store-fixture";

function termsOf(query: string): ListQuery["terms"] {
  const { terms, problem } = parseQuery(query);
  if (problem) throw new Error(`${query}: ${problem.message}`);
  return terms;
}

const THRESHOLDS = { agingAfterMs: 5_000, staleAfterMs: 10_000 };
const NOW = START + 30_000;

const EVERYTHING: ListQuery = {
  ...{ terms: [], thresholds: THRESHOLDS, now: NOW },
  ...{ sort: "createdAt", order: "asc", limit: 1_000, after: null },
};

type Listed = Partial<Omit<ListQuery, "terms">> & { query?: string };

async function idsOf(store: SessionStore, { query = "", ...rest }: Listed): Promise<string[]> {
  const terms = termsOf(query);
  return (await store.listSessions({ ...EVERYTHING, ...rest, terms })).map(({ session }) => session.id);
}

/** Queries, and the sessions below that they find. */
const FINDINGS: [query: string, ids: string[]][] = [
  ["health:healthy", ["fresh"]],
  ["health:aging", ["aging"]],
  ["health:stale", ["stale_1"]],
  ["health:healthy,stale", ["fresh", "stale_1"]],
  ["-health:healthy status:active", ["aging", "stale_1"]],
  ["server:notes", ["fresh", "aging", "closed", "terminated"]],
  ["server:nobody", []],
  ["server:nobody,search", ["stale_1", "unrecorded"]],
  ["server:no*", ["fresh", "aging", "expired", "closed", "terminated"]],
  ["server:*es", ["fresh", "aging", "expired", "closed", "terminated"]],
  ["-server:notes", ["stale_1", "unrecorded", "expired"]],
  ['client:"Claude AI"', ["aging"]],
  ["client:claude*", ["aging", "terminated"]],
  ["client:client-7", ["stale_1"]],
  ["-client:*", ["fresh", "unrecorded", "expired", "closed"]],
  ["principal:ada", ["fresh"]],
  ["-principal:ada,bob", ["aging", "stale_1", "unrecorded", "expired", "terminated"]],
  ["instance:i-1", ["fresh"]],
  ["protocol:2025-06-18", ["aging"]],
  ["reason:idle_timeout", ["unrecorded", "expired"]],
  ["reason:client_closed,operator_terminated", ["closed", "terminated"]],
  ["-reason:idle_timeout", ["fresh", "aging", "stale_1", "closed", "terminated"]],
  ["label.team=core", ["fresh"]],
  ["label.k8s.io/app=c*", ["aging"]],
  ["-label.team=*", ["aging", "stale_1", "unrecorded", "expired", "closed", "terminated"]],
  ["id:fresh,closed,unknown", ["fresh", "closed"]],
  ["id:fresh,closed status:active", ["fresh"]],
  ["id:*ed", ["unrecorded", "expired", "closed", "terminated"]],
  ["-id:fresh,aging", ["stale_1", "unrecorded", "expired", "closed", "terminated"]],
  ["idle:<5s", ["fresh", "expired", "closed", "terminated"]],
  ["idle:>=5s idle:<=10s", ["aging"]],
  ["idle:>10s", ["stale_1", "unrecorded"]],
  ["uptime:<=2s", ["expired", "closed", "terminated"]],
  ["age:>=30s", ["fresh", "aging", "stale_1", "unrecorded", "expired", "closed", "terminated"]],
  ["age:<30s", []],
  ["ended:<1s", ["unrecorded"]],
  ["ended:>28s", ["expired"]],
  ["requests:2", ["fresh"]],
  ["requests:>=1 errors:<1", ["aging"]],
  ["errors:>0", ["fresh"]],
  ["is:probe", ["unrecorded", "expired", "closed", "terminated"]],
  ["-is:probe", ["fresh", "aging", "stale_1"]],
  ["claude", ["aging", "terminated"]],
  ["SEARCH", ["stale_1", "unrecorded"]],
  ["client-7", ["stale_1"]],
  ["bo", ["closed"]],
  ["e_1", ["stale_1"]],
  ["%", []],
  ["_", ["stale_1"]],
  ["\\", []],
  ["*", []],
  ['"\' OR 1=1 --"', []],
  ["-claude -search -bob", ["fresh", "expired"]],
  ["server:notes status:active a", ["fresh", "aging"]],
];

export function filterContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  const list = (query: Listed) => idsOf(fixture.store, query);

  beforeEach(async () => {
    const idle = { idleTimeoutMs: 3_600_000 };
    await fixture.create({
      ...{ id: "fresh", server: "notes", principal: "ada", instanceId: "i-1", labels: { team: "core" }, ...idle },
    });
    await fixture.create({
      ...{ id: "aging", server: "notes", clientInfo: { name: "Claude AI" }, protocolVersion: "2025-06-18", ...idle },
      labels: { "k8s.io/app": "chat" },
    });
    await fixture.create({ id: "stale_1", server: "search", clientId: "client-7", ...idle });
    await fixture.create({ id: "unrecorded", server: "search", idleTimeoutMs: 30_000 });
    await fixture.create({ id: "expired", server: "Notes", idleTimeoutMs: 1_000 });
    await fixture.create({ id: "closed", server: "notes", principal: "bob" });
    await fixture.create({ id: "terminated", server: "notes", clientInfo: { name: "claude ai" } });
    await fixture.store.recordExpired(START + 1_000, 10);
    await fixture.end({ id: "closed", now: START + 2_000 });
    await fixture.end({ id: "terminated", as: "terminated", reason: "operator_terminated", now: START + 2_000 });
    const touched = { fresh: NOW - 4_999, aging: NOW - 5_000, stale_1: NOW - 10_001 };
    const counts: Record<string, { requests: number; errors: number }> = {
      fresh: { requests: 2, errors: 1 },
      aging: { requests: 1, errors: 0 },
    };
    const beats = Object.entries(touched).map(([id, activityAt]) => beatOf(id, { activityAt, ...counts[id] }));
    await fixture.store.recordBeats(beats, START + 25_001);
  });

  it.each([
    ["active", ["fresh", "aging", "stale_1"]],
    ["expired", ["unrecorded", "expired"]],
    ["closed,terminated", ["closed", "terminated"]],
    ["disconnected", []],
    ["active,expired", ["fresh", "aging", "stale_1", "unrecorded", "expired"]],
  ])("filters by status %s as of now, recorded or not", async (statuses, expected) => {
    expect(await list({ query: `status:${statuses}` })).toEqual(expected);
  });

  it("has a session change its status at the very millisecond of its deadline", async () => {
    expect(await list({ query: "status:active", now: NOW - 1 })).toContain("unrecorded");
    expect(await list({ query: "status:expired", now: NOW - 1 })).not.toContain("unrecorded");
    expect(await list({ query: "status:active", now: NOW })).not.toContain("unrecorded");
  });

  it.each(FINDINGS)("finds by %s", async (query, expected) => {
    const byEveryOrder = async (order: Pick<ListQuery, "sort" | "order">) => (await list({ query, ...order })).sort();
    expect(await list({ query })).toEqual(expected);
    for (const order of ["asc", "desc"] as const) {
      expect(await byEveryOrder({ sort: "lastActivityAt", order })).toEqual(expected.toSorted());
    }
  });

  it("sorts by creation, by last activity and by end, both ways", async () => {
    const byCreation = ["fresh", "aging", "stale_1", "unrecorded", "expired", "closed", "terminated"];
    const byActivity = ["unrecorded", "expired", "closed", "terminated", "stale_1", "aging", "fresh"];
    const byEnd = ["expired", "closed", "terminated"];
    expect(await list({ sort: "createdAt" })).toEqual(byCreation);
    expect(await list({ sort: "createdAt", order: "desc" })).toEqual(byCreation.toReversed());
    expect(await list({ sort: "lastActivityAt" })).toEqual(byActivity);
    expect(await list({ sort: "lastActivityAt", order: "desc" })).toEqual(byActivity.toReversed());
    expect(await list({ sort: "endedAt" })).toEqual(byEnd);
    expect(await list({ sort: "endedAt", order: "desc" })).toEqual(byEnd.toReversed());
  });

  it("filters by status and health exactly as a session reads on its own", async () => {
    for (const { session } of await fixture.store.listSessions(EVERYTHING)) {
      const { status, health } = viewSession(session, NOW, THRESHOLDS);
      expect(await list({ query: `status:${status}` })).toContain(session.id);
      if (health !== null) expect(await list({ query: `health:${health}` })).toContain(session.id);
    }
  });
}

type Sort = Pick<ListQuery, "sort" | "order">;
const SORTS: Sort[] = (["createdAt", "lastActivityAt", "endedAt"] as const).flatMap((sort) => [
  { sort, order: "asc" },
  { sort, order: "desc" },
]);

export function pagingContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);

  async function page(sort: Sort, limit: number, last: ListedSession | undefined): Promise<ListedSession[]> {
    const after = last ? { value: last.sortValue, pk: last.session.pk } : null;
    return fixture.store.listSessions({ ...EVERYTHING, ...sort, limit, after });
  }

  async function walk(sort: Sort, limit: number, between: () => Promise<void> = async () => undefined) {
    const seen: string[] = [];
    for (let last: ListedSession | undefined; ;) {
      const rows = await page(sort, limit, last);
      seen.push(...rows.map(({ session }) => session.id));
      last = rows.at(-1);
      if (!last) return seen;
      await between();
    }
  }

  describe.each(SORTS)("by $sort $order", (sort) => {
    it("walks the whole list in order, page by page, whatever the page's size", async () => {
      const ids = Array.from({ length: 23 }, (_, index) => `s-${String(index)}`);
      await Promise.all(ids.map((id) => fixture.create({ id })));
      // Several share a moment, so that the order among equals matters.
      await Promise.all(ids.map((id, index) => fixture.end({ id, now: START + (index % 5) })));
      const whole = await idsOf(fixture.store, sort);
      expect(whole).toHaveLength(23);
      for (const limit of [1, 4, 22, 23, 24]) expect(await walk(sort, limit)).toEqual(whole);
    });
  });

  it("neither repeats nor skips a session that stays while others come and go between pages", async () => {
    const plan = fc.record({
      sort: fc.constantFrom(...SORTS),
      limit: fc.integer({ min: 1, max: 4 }),
      steps: fc.array(fc.record({ create: fc.nat(2), purge: fc.nat(2) }), { maxLength: 6 }),
    });
    let round = 0;
    await fc.assert(
      fc.asyncProperty(plan, async ({ sort, limit, steps }) => {
        round += 1;
        const add = async (role: string, count: number) => {
          const ids = Array.from({ length: count }, (_, index) => `${role}-${String(round)}-${String(index)}`);
          await Promise.all(ids.map((id) => fixture.create({ id })));
          const ends = ids.map((id, index) => ({ id, now: START + (role === "going" ? index : 500 + index) }));
          await Promise.all(ends.map((end) => fixture.end(end)));
          return ids;
        };
        await add("going", 6);
        const staying = await add("staying", 8);
        const queue = steps.map((step, index) => ({ ...step, index }));
        const seen = await walk(sort, limit, async () => {
          const step = queue.shift();
          if (!step) return;
          await add(`coming${String(step.index)}`, step.create);
          await fixture.store.purgeEnded(START + 500, step.purge);
        });
        expect(new Set(seen).size).toBe(seen.length);
        const expected = (await idsOf(fixture.store, sort)).filter((id) => staying.includes(id));
        expect(seen.filter((id) => staying.includes(id))).toEqual(expected);
        await fixture.store.purgeEnded(START + 10_000, 10_000);
      }),
      { numRuns: 25 },
    );
  });

  it("answers nothing after the last position and everything after none", async () => {
    const { pk } = await fixture.create({ id: "s" });
    const query = { ...EVERYTHING, sort: "createdAt" as const };
    expect(await idsOf(fixture.store, query)).toEqual(["s"]);
    expect(await idsOf(fixture.store, { ...query, after: { value: pk, pk } })).toEqual([]);
  });
}
