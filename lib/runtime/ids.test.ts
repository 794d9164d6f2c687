import { describe, expect, it } from "vitest";
import { systemIds } from "./ids";

describe("systemIds", () => {
  it("mints ids of 128 random bits", () => {
    const ids = Array.from({ length: 1_000 }, () => systemIds.newId());
    expect(new Set(ids).size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it("has one fingerprint for a value, whatever the order of its keys at any depth", () => {
    const one = { a: 1, b: { c: [{ x: 1, y: 2 }], d: null } };
    const same = { b: { d: null, c: [{ y: 2, x: 1 }] }, a: 1 };
    expect(systemIds.fingerprint(one)).toBe(systemIds.fingerprint(same));
  });

  it("tells values apart: other values, other order of a list, nested or not", () => {
    const values = [
      { a: 1 },
      { a: "1" },
      { a: [1, 2] },
      { a: [2, 1] },
      { a: { b: 1 } },
      { a: 1, b: 1 },
      { a: null },
      {},
    ];
    expect(new Set(values.map((value) => systemIds.fingerprint(value))).size).toBe(values.length);
  });
});
