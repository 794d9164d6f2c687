import { describe, expect, it } from "vitest";
import type { Notice } from "../events";
import { Notices } from "./notices";

const notice = (pk: number): Notice => ({ pk, type: "heartbeat_gap", at: pk, data: {} });
const pksOf = (notices: Notice[]) => notices.map(({ pk }) => pk);

describe("Notices", () => {
  it("keeps them in their order until they are dropped", () => {
    const notices = new Notices();
    for (const pk of [1, 2, 3]) notices.add(notice(pk));
    expect(pksOf(notices.first(2))).toEqual([1, 2]);
    expect(pksOf(notices.first(2))).toEqual([1, 2]);
    notices.drop(2);
    notices.add(notice(4));
    expect(pksOf(notices.first(10))).toEqual([3, 4]);
    notices.drop(10);
    expect(notices.first(10)).toEqual([]);
  });

  it("hands out a hundred thousand of them piece by piece, each once", () => {
    const notices = new Notices();
    for (let pk = 0; pk < 100_000; pk += 1) notices.add(notice(pk));
    const seen: number[] = [];
    for (let piece = notices.first(999); piece.length > 0; piece = notices.first(999)) {
      seen.push(...pksOf(piece));
      notices.drop(piece.length);
    }
    expect(seen).toEqual(Array.from({ length: 100_000 }, (_, pk) => pk));
  });

  it("counts those it has no room for, and has room again after a drop", () => {
    const notices = new Notices(2);
    for (const pk of [1, 2, 3, 4]) notices.add(notice(pk));
    expect(pksOf(notices.first(10))).toEqual([1, 2]);
    expect([notices.takeLost(), notices.takeLost()]).toEqual([2, 0]);
    notices.drop(1);
    notices.add(notice(5));
    expect(pksOf(notices.first(10))).toEqual([2, 5]);
  });
});
