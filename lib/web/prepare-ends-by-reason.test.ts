import { expect, it } from "vitest";
import { prepareEndsByReason } from "./prepare-ends-by-reason";

it("ranks the reasons that occurred and leaves out the others", () => {
  expect(prepareEndsByReason({ idle_timeout: 2, client_closed: 6, unknown: 0 })).toEqual([
    { reason: "client_closed", count: 6, share: "75%", ratio: 1 },
    { reason: "idle_timeout", count: 2, share: "25%", ratio: 1 / 3 },
  ]);
});

it("is empty without ends", () => {
  expect(prepareEndsByReason({})).toEqual([]);
});
