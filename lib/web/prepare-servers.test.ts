import { expect, it } from "vitest";
import { aServer, aServerList, anInstance } from "./fixtures";
import { prepareFleet, prepareServers } from "./prepare-servers";

const lost = anInstance({ id: "notes-10", status: "lost", leaseExpiresAt: null, endedAt: "2026-11-20T06:50:00.000Z" });
const stopped = anInstance({ ...lost, id: "old-1", status: "stopped" });
const replaced = anInstance({ ...lost, id: "old-2", status: "superseded", endedAt: "2026-11-20T06:55:00.000Z" });
const draining = anInstance({ id: "notes-2", drain: { since: "2026-11-20T06:59:00.000Z", deadlineAt: null } });

const servers = aServerList([
  aServer({ name: "search", instances: [] }),
  aServer({ instances: [stopped, anInstance({ id: "notes-11" }), replaced, draining, lost] }),
]);

it("lists servers by name, lost instances before living ones, numbers in their order", () => {
  const views = prepareServers(servers);
  expect(views.map(({ name }) => name)).toEqual(["notes", "search"]);
  expect(views[0]?.current.map(({ id }) => id)).toEqual(["notes-10", "notes-2", "notes-11"]);
});

it("sets boots apart that are over, latest first", () => {
  expect(prepareServers(servers)[0]?.past.map(({ id }) => id)).toEqual(["old-2", "old-1"]);
});

it("counts how the instances of all servers do", () => {
  expect(prepareFleet(prepareServers(servers))).toEqual({ alive: 2, lost: 1, draining: 1 });
});
