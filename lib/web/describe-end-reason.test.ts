import { expect, it } from "vitest";
import { END_REASONS } from "@/lib/domain/session";
import { describeEndReason, END_REASON_ORDER } from "./describe-end-reason";

it("lists every reason once, families together", () => {
  expect([...END_REASON_ORDER].sort()).toEqual([...END_REASONS].sort());
  const families = END_REASON_ORDER.map((reason) => describeEndReason(reason).family);
  const changes = families.filter((family, index) => family !== families[index - 1]);
  expect(changes).toEqual([...new Set(families)]);
});

it("has words of its own for every reason", () => {
  const sentences = END_REASONS.map((reason) => describeEndReason(reason).sentence);
  expect(new Set(sentences).size).toBe(END_REASONS.length);
});
