import { describe, expect, it } from "vitest";
import { FINAL_STATUSES, isFinal, REASONS_OF_END } from "./lifecycle";
import { SESSION_STATUSES } from "./session";

describe("lifecycle", () => {
  it("knows closed and terminated as final, and nothing else", () => {
    expect(SESSION_STATUSES.filter(isFinal)).toEqual([...FINAL_STATUSES]);
    expect(FINAL_STATUSES).toEqual(["closed", "terminated"]);
  });

  it("keeps the reasons of closing and terminating apart", () => {
    const { closed, terminated } = REASONS_OF_END;
    expect(closed.filter((reason) => terminated.includes(reason))).toEqual([]);
  });
});
