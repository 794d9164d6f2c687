import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionOrigin } from "../events";
import { DEFAULT_HEALTH_THRESHOLDS } from "../health";
import { HealthProjection } from "./health-projection";
import { HISTORY_RANGES, RANGE_SHAPES } from "./history-range";
import { MINUTE_MS, minuteOf } from "./minute-series";
import { OriginGroups } from "./origin-groups";
import { DURATION_STEPS_MS, type OriginField, RangeTotals } from "./range-totals";
import { rankOrigins } from "./rank-origins";

const START = Date.UTC(2026, 0, 11, 12, 0, 30);
const TIMEOUT_MS = 20 * MINUTE_MS;
const WINDOW_MS = 15 * MINUTE_MS;

interface Life {
  origin: SessionOrigin;
  createdAt: number;
  startedAs: SessionOrigin;
  state: "active" | "disconnected" | "gone";
  deadlineAt: number;
  /** Durations of its stretches, with their ends. */
  ends: { at: number; durationMs: number }[];
}

const name = fc.constantFrom("a", "b", "c", null);
const origin = fc.record({ server: fc.constantFrom("x", "y", "z"), client: name, protocol: name });
const pk = fc.nat(7);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ type: fc.constant("create" as const), origin }) },
  fc.record({ type: fc.constantFrom("touch" as const, "close" as const, "lose" as const, "resume" as const), pk }),
  fc.record({ type: fc.constant("rename" as const), pk, origin }),
  fc.record({ type: fc.constant("sweep" as const) }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.nat(9 * MINUTE_MS) }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Drives a projection and keeps every session beside it, to be counted anew. */
function rehearse(steps: readonly Step[]) {
  const projection = new HealthProjection(DEFAULT_HEALTH_THRESHOLDS);
  projection.runs.push({ from: 0, to: Number.POSITIVE_INFINITY });
  const lives: Life[] = [];
  let now = START;
  const isActive = ({ state, deadlineAt }: Life) => state === "active" && deadlineAt > now;
  const activity = () => ({
    ...{ lastActivityAt: now, lastHeartbeatAt: null, idleSince: now },
    deadlineAt: now + TIMEOUT_MS,
  });
  const end = (index: number, life: Life, as: "closed" | "expired" | "disconnected") => {
    const from = life.state === "active" ? "active" : "disconnected";
    const endedAt = as === "expired" ? life.deadlineAt : now;
    if (from === "active") life.ends.push({ at: endedAt, durationMs: endedAt - life.createdAt });
    life.state = as === "disconnected" ? "disconnected" : "gone";
    life.deadlineAt = now + WINDOW_MS;
    const recoverUntil = as === "disconnected" ? life.deadlineAt : null;
    const { createdAt } = life;
    const facts = { pk: index, from, status: as, createdAt, endedAt, recoverUntil } as const;
    projection.apply([{ type: "ended", ...facts, reason: "unknown" }], now);
  };
  const peaks = new Map<number, number>();
  const notePeak = () => {
    const minute = minuteOf(now);
    peaks.set(minute, Math.max(peaks.get(minute) ?? 0, lives.filter(isActive).length));
  };
  for (const current of steps) {
    if (current.type === "create") {
      const born = { origin: current.origin, startedAs: current.origin, createdAt: now, state: "active" as const };
      lives.push({ ...born, deadlineAt: now + TIMEOUT_MS, ends: [] });
      const facts = { pk: lives.length - 1, createdAt: now, origin: current.origin, activity: activity() };
      projection.apply([{ type: "created", ...facts }], now);
    } else if (current.type === "wait") {
      // What is active at the turn of a minute is active in both.
      for (let turn = (minuteOf(now) + 1) * MINUTE_MS; turn <= now + current.ms; turn += MINUTE_MS) {
        const activeAtTurn = lives.filter(({ state, deadlineAt }) => state === "active" && deadlineAt >= turn).length;
        peaks.set(minuteOf(turn), Math.max(peaks.get(minuteOf(turn)) ?? 0, activeAtTurn));
      }
      now += current.ms;
    } else if (current.type === "sweep") {
      lives.forEach((life, index) => {
        if (life.state !== "gone" && life.deadlineAt <= now) end(index, life, "expired");
      });
    } else {
      const life = lives[current.pk];
      if (!life || life.state === "gone" || life.deadlineAt <= now) continue;
      if (current.type === "close") end(current.pk, life, "closed");
      else if (life.state === "disconnected") {
        if (current.type !== "resume") continue;
        Object.assign(life, { state: "active", deadlineAt: now + TIMEOUT_MS });
        const facts = { pk: current.pk, createdAt: life.createdAt, at: now, activity: activity() };
        projection.apply([{ type: "resumed", from: "disconnected", ...facts }], now);
      } else if (current.type === "lose") end(current.pk, life, "disconnected");
      else if (current.type === "touch") {
        life.deadlineAt = now + TIMEOUT_MS;
        projection.apply([{ type: "touched", pk: current.pk, activity: activity() }], now);
      } else if (current.type === "rename") {
        life.origin = current.origin;
        projection.apply([{ type: "origin_changed", pk: current.pk, origin: current.origin }], now);
      }
    }
    notePeak();
  }
  return { projection, lives, now, isActive, peaks };
}

function recount(lives: readonly SessionOrigin[], field: OriginField): Map<string | null, number> {
  const counts = new Map<string | null, number>();
  for (const life of lives) counts.set(life[field], (counts.get(life[field]) ?? 0) + 1);
  return counts;
}

describe("what a range is made of", () => {
  it("equals a recount of every session, by server, client, protocol and duration, and in its peaks", () => {
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 60, size: "max" }),
        fc.constantFrom(...HISTORY_RANGES),
        (steps, range) => {
          const { projection, lives, now, isActive, peaks } = rehearse([...steps, { type: "sweep" }]);
          const { origins, durations } = projection.breakdownAt(range, { now, limit: 99 });
          const { minutesPerPoint, points } = RANGE_SHAPES[range];
          const since = (Math.floor(minuteOf(now) / minutesPerPoint) - points + 1) * minutesPerPoint * MINUTE_MS;
          const active = lives.filter(isActive).map((life) => life.origin);
          const started = lives.filter(({ createdAt }) => createdAt >= since).map((life) => life.startedAs);
          for (const field of ["server", "client", "protocol"] as const) {
            const [activeBy, startedBy] = [recount(active, field), recount(started, field)];
            const names = new Set([...activeBy.keys(), ...startedBy.keys()]);
            expect(new Map(origins[field].top.map((entry) => [entry.name, [entry.active, entry.started]]))).toEqual(
              new Map([...names].map((key) => [key, [activeBy.get(key) ?? 0, startedBy.get(key) ?? 0]])),
            );
          }
          const recorded = lives.flatMap(({ ends }) => ends).filter(({ at }) => at >= since);
          expect(durations).toEqual(
            DURATION_STEPS_MS.map((from, index) => {
              const to = DURATION_STEPS_MS[index + 1] ?? Number.POSITIVE_INFINITY;
              return recorded.filter(({ durationMs }) => durationMs >= from && durationMs < to).length;
            }),
          );
          const history = projection.historyAt(range, now);
          expect(history.points.reduce((sum, point) => sum + (point.started ?? 0), 0)).toBe(started.length);
          const { healthy, aging, stale } = history.points.at(-1)?.ages ?? { healthy: -1, aging: 0, stale: 0 };
          expect([healthy + aging + stale, history.points.at(-1)?.active]).toEqual([active.length, active.length]);
          for (const { at, peak } of history.points) {
            const minutes = Array.from({ length: minutesPerPoint }, (_, index) => minuteOf(at) + index);
            expect(peak).toBe(Math.max(0, ...minutes.map((minute) => peaks.get(minute) ?? 0)));
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it("adds up, however few are named", () => {
    const { projection, now } = rehearse(
      (["x", "y", "z"] as const).map((server) => ({
        type: "create",
        origin: { server, client: null, protocol: null },
      })),
    );
    const { server } = projection.breakdownAt("1h", { now, limit: 1 }).origins;
    expect(server).toEqual({
      top: [{ name: "x", active: 1, started: 1 }],
      other: { names: 2, active: 2, started: 2 },
    });
    expect(projection.activeByServerAt(now, 2).other).toEqual({ names: 1, active: 1, started: 0 });
  });

  it("no longer tells clients apart once they are too many, and forgets groups that nobody is in", () => {
    const groups = new OriginGroups(2);
    const held = ["a", "b", "c", "d"].map((client) => groups.hold({ server: "x", client, protocol: null }));
    for (const group of held) group.active += 1;
    const { started } = new RangeTotals().sumOf("1h", START);
    const { server, client } = rankOrigins(groups.all(), started, 9);
    expect(server.top).toEqual([{ name: "x", active: 4, started: 0 }]);
    expect(client.top.map((entry) => entry.name)).toEqual(["a", "b"]);
    expect(client.other.active).toBe(2);
    for (const group of held) groups.release(group);
    expect([...groups.all()]).toEqual([]);
  });

  it("bounds the names of one bucket and counts the rest without them", () => {
    const totals = new RangeTotals();
    for (let index = 0; index < 502; index += 1) {
      totals.addStart(START, { server: "x", client: `c-${String(index)}`, protocol: null });
    }
    const { client, server } = totals.sumOf("15m", START).started;
    expect([client.byName.size, client.other, server.byName.get("x")]).toEqual([500, 2, 502]);
    totals.dropBefore(START + 8 * 24 * 60 * MINUTE_MS);
    expect(totals.sumOf("7d", START).started.server.byName.size).toBe(0);
  });
});
