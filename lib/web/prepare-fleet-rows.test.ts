import { expect, it } from "vitest";
import { anInstance, aServer, aServerList } from "./fixtures";
import { prepareFleetRows } from "./prepare-fleet-rows";

const lost = anInstance({ id: "b", status: "lost", leaseExpiresAt: null });
const draining = anInstance({ id: "d", drain: { since: "2026-11-20T06:00:00.000Z", deadlineAt: null } });
const list = aServerList([
  aServer({ name: "a", instances: [anInstance({ id: "a" }), draining, anInstance({ id: "old", status: "stopped" })] }),
  aServer({ name: "b", instances: [lost, anInstance({ id: "c" })] }),
]);

it("shows what is in trouble first and leaves out what has ended", () => {
  const { fleet, shown, hidden } = prepareFleetRows(list, 8);
  expect(shown.map(({ id }) => id)).toEqual(["b", "d", "a", "c"]);
  expect([fleet, hidden]).toEqual([{ alive: 3, lost: 1, draining: 1 }, 0]);
});

it("keeps the last row for those that it has no room for", () => {
  expect(prepareFleetRows(list, 3)).toMatchObject({ shown: [{ id: "b" }, { id: "d" }], hidden: 2 });
});
