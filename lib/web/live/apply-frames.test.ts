import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SingleFrame } from "@/lib/contract/live";
import { anInstance, aServer, aServerList, aSession, aSummary } from "../fixtures";
import { queryKeys } from "../query-keys";
import { applyFrames, type LiveCaches, type LivePatches } from "./apply-frames";
import { aCreation, aHealthFrame, anEnd, anUpdate } from "./fixtures";

function caches(overrides: Partial<LiveCaches> = {}): LiveCaches {
  const empty = { servers: undefined, instances: new Map(), positions: new Map() };
  return { ...empty, health: aSummary(), healthAgeMs: 0, ...overrides };
}

/** What the caches hold once the patches are in. */
function patched(before: LiveCaches, { health, servers, instances, positions }: LivePatches): LiveCaches {
  return {
    ...{ health: health ?? before.health, servers: servers ?? before.servers, healthAgeMs: before.healthAgeMs },
    instances: new Map([...before.instances, ...instances]),
    positions: new Map([...before.positions, ...positions]),
  };
}

function after(before: LiveCaches, frames: readonly SingleFrame[]): LiveCaches {
  return patched(before, applyFrames(before, frames));
}

const kinds = { created: aCreation, updated: anUpdate, ended: anEnd };

/** A log: positions rise, each about one of a few sessions, whose activity moves on or not. */
const frames: fc.Arbitrary<SingleFrame[]> = fc
  .array(
    fc.record({
      id: fc.integer({ min: 1, max: 30 }),
      kind: fc.constantFrom("created", "updated", "ended", "health"),
      step: fc.nat(2),
      activeAt: fc.nat(40),
    }),
    { maxLength: 40 },
  )
  .map((steps) => {
    let seq = 1;
    return steps.map(({ id, kind, step, activeAt }, index) => {
      seq += step;
      const lastActivityAt = new Date(Date.UTC(2026, 10, 20, 7, 0, activeAt)).toISOString();
      const session = aSession({ id: `s${String(id)}`, requestCount: index, lastActivityAt });
      return kind === "health" ? aHealthFrame(seq, [session]) : kinds[kind](seq, session);
    });
  });

describe("applyFrames", () => {
  it("makes the same of frames however they are batched", () => {
    fc.assert(
      fc.property(frames, fc.nat(40), (all, cut) => {
        const stepwise = after(after(caches(), all.slice(0, cut)), all.slice(cut));
        expect(stepwise).toEqual(after(caches(), all));
      }),
    );
  });

  it("is not harmed by frames that come twice", () => {
    fc.assert(
      fc.property(frames, (all) => {
        const once = after(caches(), all);
        const [last] = all.slice(-1);
        expect(last ? after(once, [last]) : once).toEqual(once);
        // From the beginning again, as after a resumption from too far back.
        const twice = after(
          once,
          all.filter(({ type }) => type !== "health"),
        );
        expect(twice.positions).toEqual(once.positions);
        const sessions = applyFrames(once, all).sessions;
        for (const [id, session] of sessions) expect(session).toEqual(applyFrames(caches(), all).sessions.get(id));
      }),
    );
  });

  it("ignores what is older than what it was told last of a session", () => {
    fc.assert(
      fc.property(frames, (all) => {
        const once = after(caches(), all);
        const overtaken = all.filter(
          (frame) => "session" in frame && frame.seq < (once.positions.get(frame.session.id) ?? 0),
        );
        expect(after(once, overtaken)).toEqual(once);
        expect(applyFrames(once, overtaken)).toMatchObject({ refresh: [], health: null });
      }),
    );
  });

  it("keeps at most twenty rows, each once, the latest activity first", () => {
    fc.assert(
      fc.property(frames, (all) => {
        const rows = after(caches(), all).health?.recentActivity ?? [];
        expect(rows.length).toBeLessThanOrEqual(20);
        expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
        const times = rows.map(({ lastActivityAt }) => lastActivityAt);
        expect(times).toEqual(times.toSorted().reverse());
      }),
    );
  });

  it("takes the registry's figures over, and leaves them alone for a session", () => {
    const session = aSession({ id: "a" });
    const told = after(caches(), [aHealthFrame(4, [session]), anEnd(5, session)]);
    expect(told.health?.statusBreakdown.active).toBe(1);
    expect(told.health?.recentActivity).toMatchObject([{ id: "a", status: "closed", endReason: "client_closed" }]);
  });

  it("lets the ages of the other rows go on when one row is new", () => {
    const idle = aSession({ id: "idle", idleMs: 2_000, uptimeMs: 9_000 });
    const [old, fresh] = [aSession({ id: "busy", idleMs: 0, uptimeMs: 50 }), aSession({ id: "new", idleMs: 1 })];
    const before = caches({ health: aSummary([idle, old]), healthAgeMs: 3_000 });
    const rows = after(before, [aCreation(1, fresh)]).health?.recentActivity;
    const ages = rows?.map(({ id, idleMs, uptimeMs }) => [id, idleMs, uptimeMs]);
    expect(new Set(ages)).toEqual(
      new Set([
        ["new", 1, fresh.uptimeMs],
        ["idle", 5_000, 12_000],
        ["busy", 0, 3_050],
      ]),
    );
  });

  it("has read anew what a frame does not tell, and nothing for mere activity", () => {
    const session = aSession({ id: "a" });
    expect(applyFrames(caches(), [anUpdate(1, session, [])]).refresh).toEqual([]);
    const keys = applyFrames(caches(), [anUpdate(1, session, ["state_written"])]).refresh.map((each) => each.queryKey);
    expect(keys).toContainEqual(queryKeys.events("a"));
    expect(keys).toContainEqual(queryKeys.state("a"));
    expect(keys).not.toContainEqual(queryKeys.messages("a"));
  });

  it("shows an instance as it is now, with the sessions it had", () => {
    const known = anInstance();
    const before = caches({ servers: aServerList([aServer()]), instances: new Map([[known.id, known]]) });
    const { sessions: _, ...instance } = anInstance({ status: "lost", leaseExpiresAt: null });
    const frame: SingleFrame = { type: "instance_updated", seq: 3, at: instance.registeredAt, instance };
    const { servers, instances, refresh } = applyFrames(before, [frame]);
    const expected = { ...known, status: "lost", leaseExpiresAt: null };
    expect(servers?.servers[0]?.instances).toEqual([expected]);
    expect(instances.get(known.id)).toEqual(expected);
    expect(refresh.map((each) => each.queryKey)).toEqual([queryKeys.allInstances()]);
    const reboot: SingleFrame = { ...frame, instance: { ...instance, bootId: "another" } };
    expect(applyFrames(before, [reboot]).servers).toEqual(before.servers);
  });
});
