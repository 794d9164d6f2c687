import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OriginGroup } from "./origin-groups";
import { NO_STARTS } from "./range-totals";
import { type OriginCount, rankOrigins } from "./rank-origins";

const name = fc.constantFrom("a", "B", "b", "Z", "é", null);
const groups = fc.array(
  fc
    .record({ client: name, active: fc.nat(3), isCrowd: fc.boolean() })
    .map((group): OriginGroup => ({ server: "x", protocol: null, held: 1, ...group })),
  { maxLength: 12 },
);
const started = fc.array(fc.tuple(name, fc.nat(3)), { maxLength: 7 }).map((entries) => new Map(entries));

function textOf({ name }: OriginCount): string {
  return name ?? "";
}

/** Everything, put in order as a whole. */
function ranked(all: readonly OriginGroup[], byName: ReadonlyMap<string | null, number>): OriginCount[] {
  const active = (key: string | null) =>
    all.reduce((sum, group) => sum + (!group.isCrowd && group.client === key ? group.active : 0), 0);
  const isNamed = (group: OriginGroup) => !group.isCrowd && group.active > 0;
  const names = new Set([...byName.keys(), ...all.filter(isNamed).map(({ client }) => client)]);
  return [...names]
    .map((key) => ({ name: key, active: active(key), started: byName.get(key) ?? 0 }))
    .sort((a, b) => b.active + b.started - a.active - a.started || (textOf(a) < textOf(b) ? -1 : 1));
}

describe("a ranking", () => {
  it("has the busiest in order, names in code unit order among equals, and the rest as a sum", () => {
    fc.assert(
      fc.property(groups, started, fc.integer({ min: 0, max: 9 }), (all, byName, limit) => {
        const { client } = rankOrigins(all, { ...NO_STARTS, client: { byName, other: 5 } }, limit);
        const order = ranked(all, byName);
        const rest = order.slice(limit);
        const crowd = all.reduce((sum, { isCrowd, active }) => sum + (isCrowd ? active : 0), 0);
        expect(client).toEqual({
          top: order.slice(0, limit),
          other: {
            names: rest.length,
            active: rest.reduce((sum, { active }) => sum + active, crowd),
            started: rest.reduce((sum, entry) => sum + entry.started, 5),
          },
        });
      }),
      { numRuns: 500 },
    );
  });
});
