import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type NotesServer, startNotesServer } from "../notes-server/start-notes-server";
import { gone, ok, ScriptedRegistry } from "../testing/scripted-registry";
import { type Behaviour, comeAndGo, fumble, workSteadily } from "./behaviours";
import { liveOn } from "./live-on";

let registry: ScriptedRegistry;
let server: NotesServer;
let stop: AbortController;
let life: Promise<void>;
let warnings: string[];

beforeEach(async () => {
  stop = new AbortController();
  warnings = [];
  registry = await new ScriptedRegistry().start();
  server = await startNotesServer({ holdfastUrl: registry.url, heartbeatMs: 20, log: () => undefined });
});

afterEach(async () => {
  stop.abort();
  await life;
  await server.close();
  await registry.stop();
});

/** Lives with pauses of a few milliseconds. */
function live(behaviour: Behaviour): void {
  life = liveOn({
    url: new URL(server.url),
    profile: { name: "atlas-ide", version: "2.4.1", user: "ada" },
    behaviour: ({ pause, ...stage }) => behaviour({ ...stage, pause: (ms) => pause(ms / 500) }),
    signal: stop.signal,
    recoverMs: 5,
    log: () => undefined,
    warn: (line) => warnings.push(line),
  });
}

describe("a client of the demo", () => {
  it("says clearly that its session was ended, and comes back with a fresh one", async () => {
    live(workSteadily);
    await registry.until(() => registry.registrations.length === 1);
    const first = registry.registrations[0]?.id ?? "";
    registry.replyToBeats = ({ beats }) => ({
      results: beats.map((beat) => (beat.id === first ? gone : ok)(beat)),
      commands: [],
    });
    await registry.until(() => registry.registrations.length === 2);
    expect(registry.registrations[1]?.id).not.toBe(first);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(new RegExp(`^atlas-ide +404 Not Found on \\w+: session ${first} has been ended`));
  });

  it("says goodbye and comes back when it is polite", async () => {
    live(comeAndGo);
    await registry.until(() => registry.closes.length >= 2);
    expect(registry.closes.every(({ body }) => body["by"] === "client")).toBe(true);
    expect(warnings).toEqual([]);
  });

  it("makes errors when it fumbles, and lives with them", async () => {
    live(fumble);
    await registry.until(() => registry.total("errors") >= 3);
    expect(registry.registrations).toHaveLength(1);
    expect(warnings).toEqual([]);
  });
});
