import { setImmediate } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { SessionRecord } from "@/lib/domain/session";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import { viewSession } from "@/lib/domain/session-view";
import type { FacetQuery, ListQuery } from "../session-list-store";
import { beatOf, type OpenFreshStore, START, type StoreFixture, storeFixture } from "./store-fixture";

/** More than the store reads at a stretch, several times over. */
const COUNT = 1_600;
const THRESHOLDS = { agingAfterMs: 60_000, staleAfterMs: 300_000 };
const NOW = START + 1_000_000;
const FILTER = { thresholds: THRESHOLDS, now: NOW };

/** Sessions that began one after the other, of three servers and many clients; every third was closed, others expired. */
async function fill(fixture: StoreFixture): Promise<void> {
  const all = Array.from({ length: COUNT }, (_, index) => index);
  const startOf = (index: number) => START + index * 500;
  await Promise.all(
    all.map((index) =>
      fixture.create(
        {
          id: `s-${String(index)}`,
          server: `server-${String(index % 3)}`,
          clientInfo: { name: `client-${String((index * index) % 7)}` },
          protocolVersion: index % 2 === 0 ? "2025-11-25" : null,
          idleTimeoutMs: index % 5 === 0 ? 100_000 : 3_600_000,
        },
        startOf(index),
      ),
    ),
  );
  // Ends and activity come in quite another order than beginnings.
  await Promise.all(
    all
      .filter((index) => index % 3 === 0)
      .map((index) => {
        const shuffled = (index * 7919) % COUNT;
        return fixture.end({
          id: `s-${String(index)}`,
          now: Math.max(startOf(index), START + 800_000 + shuffled * 50),
        });
      }),
  );
  const beats = all
    .filter((index) => index % 3 === 1)
    .map((index) =>
      beatOf(`s-${String(index)}`, { activityAt: START + 800_000 + ((index * 104_729) % COUNT) * 100, requests: 1 }),
    );
  await fixture.store.recordBeats(beats, START + 980_000);
  await fixture.store.recordExpired(NOW, 100);
}

async function readAll({ store }: StoreFixture): Promise<SessionRecord[]> {
  return (await store.findSessionsByPk(Array.from({ length: COUNT }, (_, index) => index + 1))).filter(Boolean);
}

function termsOf(query: string): ListQuery["terms"] {
  return parseQuery(query).terms ?? [];
}

const view = (record: SessionRecord) => viewSession(record, NOW, THRESHOLDS);
/** Queries, and the sessions that they mean. */
const FILTERS: [string, (record: SessionRecord) => boolean][] = [
  ["", () => true],
  ["status:active", (record) => view(record).status === "active"],
  ["status:expired", (record) => view(record).status === "expired"],
  [
    "status:closed,active server:server-1,server-2",
    (record) => {
      return ["closed", "active"].includes(view(record).status) && record.server !== "server-0";
    },
  ],
  [
    "server:server-1 client:client-2",
    (record) => {
      return record.server === "server-1" && record.clientInfo?.["name"] === "client-2";
    },
  ],
  ["idle:>100s", (record) => view(record).idleMs > 100_000],
  ["id:s-15*", (record) => record.id.startsWith("s-15")],
];

export function longListContract(openFresh: OpenFreshStore): void {
  const fixture = storeFixture(openFresh);
  beforeEach(() => fill(fixture));

  async function walk(query: Pick<ListQuery, "terms" | "sort" | "order">): Promise<string[]> {
    const seen: string[] = [];
    for (let after: ListQuery["after"] = null; ;) {
      const rows = await fixture.store.listSessions({ ...FILTER, ...query, limit: 170, after });
      seen.push(...rows.map(({ session }) => session.id));
      const last = rows.at(-1);
      if (!last) return seen;
      after = { value: last.sortValue, pk: last.session.pk };
    }
  }

  it("are in order from the first to the last, whatever is left out", async () => {
    const records = await readAll(fixture);
    const valueOf = {
      createdAt: ({ pk }: SessionRecord) => pk,
      lastActivityAt: ({ activity }: SessionRecord) => activity.lastActivityAt,
      endedAt: ({ endedAt }: SessionRecord) => endedAt ?? Number.NaN,
    };
    for (const [query, admits] of FILTERS) {
      for (const sort of ["createdAt", "lastActivityAt", "endedAt"] as const) {
        const expected = records
          .filter((record) => admits(record) && !Number.isNaN(valueOf[sort](record)))
          .sort((a, b) => valueOf[sort](a) - valueOf[sort](b) || a.pk - b.pk)
          .map(({ id }) => id);
        const terms = termsOf(query);
        expect(await walk({ terms, sort, order: "asc" }), `${query} by ${sort}`).toEqual(expected);
        expect(await walk({ terms, sort, order: "desc" }), `${query} by ${sort}`).toEqual(expected.toReversed());
      }
    }
  });

  it.each(["lastActivityAt", "createdAt"] as const)(
    "have full pages by %s, and nobody twice, while sessions change their status",
    async (sort) => {
      const active = (await readAll(fixture)).filter(({ status }) => status === "active").map(({ id }) => id);
      for (let round = 0; round < 8; round += 1) {
        const query = { terms: termsOf("status:active,disconnected,closed"), sort, order: "desc" as const };
        const page = fixture.store.listSessions({ ...FILTER, ...query, limit: 400, after: null });
        // Some turns of the event loop later, when the walk has met a part of them.
        for (let turn = 0; turn < round; turn += 1) await setImmediate();
        const ends = active.splice(-40).map((id) => fixture.end({ id, now: NOW }));
        const ids = (await page).map(({ session }) => session.id);
        await Promise.all(ends);
        expect([ids.length, new Set(ids).size]).toEqual([400, 400]);
      }
    },
  );

  describe("are counted by what they have in common", () => {
    const count = (query: string, limits: Partial<FacetQuery> = {}) =>
      fixture.store.countFacets({ ...FILTER, terms: termsOf(query), maxScanned: 1e6, maxValues: 50, ...limits });

    function tallyOf(values: readonly (string | null | undefined)[]) {
      const counts = new Map<string, number>();
      for (const value of values) if (typeof value === "string") counts.set(value, (counts.get(value) ?? 0) + 1);
      return [...counts]
        .map(([value, number]) => ({ value, count: number }))
        .sort((a, b) => (a.value < b.value ? -1 : 1));
    }

    it("exactly as each of them reads on its own", async () => {
      const records = await readAll(fixture);
      const views = records.map((record) => ({ record, view: viewSession(record, NOW, THRESHOLDS) }));
      const { facets, total, isComplete } = await count("");
      expect({ total, isComplete }).toEqual({ total: COUNT, isComplete: true });
      const sorted = (field: keyof typeof facets) => facets[field].toSorted((a, b) => (a.value < b.value ? -1 : 1));
      expect(sorted("status")).toEqual(tallyOf(views.map(({ view }) => view.status)));
      expect(sorted("health")).toEqual(tallyOf(views.map(({ view }) => view.health)));
      expect(sorted("reason")).toEqual(tallyOf(views.map(({ view }) => view.endReason)));
      expect(sorted("server")).toEqual(tallyOf(records.map(({ server }) => server)));
      expect(sorted("protocol")).toEqual(tallyOf(records.map(({ protocolVersion }) => protocolVersion)));
      expect(sorted("client")).toEqual(
        tallyOf(records.map(({ clientInfo }) => JSON.stringify(clientInfo?.["name"]).slice(1, -1))),
      );
      expect(facets.server.map((value) => value.count)).toEqual(
        facets.server.map((value) => value.count).sort((a, b) => b - a),
      );
    });

    it("without the terms on the field itself, and with all others", async () => {
      const { total, facets } = await count("status:closed server:server-0 client:client-1");
      const all = await count("status:closed client:client-1");
      expect(facets.server).toEqual(all.facets.server);
      expect(facets.server.find(({ value }) => value === "server-0")?.count).toBe(total);
      expect(facets.status).toEqual((await count("server:server-0 client:client-1")).facets.status);
      expect(facets.client).toEqual((await count("status:closed server:server-0")).facets.client);
      expect(total).toBe(
        (
          await walk({
            terms: termsOf("status:closed server:server-0 client:client-1"),
            sort: "createdAt",
            order: "asc",
          })
        ).length,
      );
    });

    it("up to a limit, and says so", async () => {
      const some = await count("", { maxScanned: 500, maxValues: 2 });
      expect(some.isComplete).toBe(false);
      expect(some.total).toBeGreaterThanOrEqual(500);
      expect(some.total).toBeLessThan(COUNT);
      expect(some.facets.client).toHaveLength(2);
    });
  });
}
