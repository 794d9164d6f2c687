import { describe, expect, it } from "vitest";
import { sampleRecord } from "@/lib/testing/sample-session";
import type { SessionEvent } from "./events";
import { type Explanation, explainSession, type Findings } from "./explain-session";
import { DEFAULT_HEALTH_THRESHOLDS } from "./health";
import type { InstanceRecord } from "./instance";
import { DISCONNECT_REASONS } from "./lifecycle";
import { END_REASONS, type SessionRecord } from "./session";
import { viewSession } from "./session-view";

const CREATED = Date.UTC(2026, 0, 11, 14, 0, 0);
const MINUTE_MS = 60_000;

function recordOf({
  activity,
  ...rest
}: Partial<Omit<SessionRecord, "activity">> & { activity?: object }): SessionRecord {
  const sample = sampleRecord({ createdAt: CREATED, ...rest });
  const times = { lastActivityAt: CREATED, deadlineAt: CREATED + 30 * MINUTE_MS };
  return { ...sample, activity: { ...sample.activity, ...times, ...activity } };
}

function explain(record: SessionRecord, now: number, found: Partial<Findings> = {}): Explanation {
  const view = viewSession(record, now, DEFAULT_HEALTH_THRESHOLDS);
  return explainSession({ record, view, now, disconnected: null, instance: null, ...found });
}

const BOOT: InstanceRecord = {
  ...{ pk: 1, id: "notes-1", bootId: "boot-1", server: "notes", serverVersion: null, host: null, pid: 4121, sdk: null },
  ...{ protocolVersions: [], startedAt: CREATED, registeredAt: CREATED, leaseMs: 30_000, drain: null },
  ...{ status: "lost", lastHeartbeatAt: CREATED + 10_000, leaseExpiresAt: null, endedAt: CREATED + 40_000 },
};

const LOST_AT = CREATED + 40_200;
const lost = recordOf({
  status: "disconnected",
  endReason: "instance_lost",
  endedAt: LOST_AT,
  activity: { disconnectedAt: LOST_AT, deadlineAt: LOST_AT + 15 * MINUTE_MS },
});
const event = (data: SessionEvent["data"]): SessionEvent => {
  return { seq: 7, type: "disconnected", at: LOST_AT, reason: "instance_lost", data };
};

describe("explainSession", () => {
  it("has a sentence of its own for every reason, with a capital letter and one full stop", () => {
    const sentences = END_REASONS.map((endReason) => {
      const isLoss = DISCONNECT_REASONS.some((reason) => reason === endReason);
      const status = isLoss ? "disconnected" : "terminated";
      const activity = isLoss ? { disconnectedAt: CREATED + 5_000 } : {};
      return explain(recordOf({ status, endReason, endedAt: CREATED + 5_000, activity }), CREATED + 9_000).sentence;
    });
    expect(new Set(sentences).size).toBe(END_REASONS.length);
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
  });

  it("names the moment at which the lease ran out, and the moment at which that was noticed", () => {
    const { sentence, evidence } = explain(lost, LOST_AT, {
      instance: BOOT,
      disconnected: event({ instanceId: "notes-1" }),
    });
    expect(sentence).toContain(
      "its server process notes-1 was last heard of at 14:00:10 UTC and let its lease run out",
    );
    expect(evidence).toContainEqual({ fact: "lease_lost", at: CREATED + 40_000, value: "notes-1" });
    expect(evidence).toContainEqual({ fact: "disconnected", at: LOST_AT, value: "instance_lost" });
    expect(evidence.some(({ fact }) => fact === "ended")).toBe(false);
  });

  it("does not hold later heartbeats of a process that came back against what was known of its loss", () => {
    const back: InstanceRecord = { ...BOOT, status: "alive", lastHeartbeatAt: LOST_AT + 60_000, endedAt: null };
    const { sentence } = explain(lost, LOST_AT + 60_000, {
      instance: back,
      disconnected: event({ instanceId: "notes-1" }),
    });
    expect(sentence).toContain("its server process notes-1 was lost at 14:00:40 UTC;");
  });

  it("tells a process that was replaced while it held its lease from one that had lost it before", () => {
    const findings = { disconnected: event({ instanceId: "notes-1" }) };
    const replaced: InstanceRecord = { ...BOOT, status: "superseded", endedAt: CREATED + 20_000 };
    expect(explain(lost, LOST_AT, { ...findings, instance: replaced }).sentence).toContain("was started anew");
    const lostBefore: InstanceRecord = { ...BOOT, status: "superseded" };
    expect(explain(lost, LOST_AT, { ...findings, instance: lostBefore }).sentence).toContain("let its lease run out");
  });

  it("makes do without the event and the instance", () => {
    expect(explain(lost, LOST_AT).sentence).toBe(
      "Disconnected after 40 s: its MCP server was lost at 14:00:40 UTC; it can be taken up again until 14:15:40 UTC, for another 15 min.",
    );
    const over = LOST_AT + 15 * MINUTE_MS;
    expect(explain(lost, over).sentence).toBe(
      "Expired because nobody took it up again within 15 min: its MCP server was lost at 14:00:40 UTC.",
    );
  });

  it("never hears of a process after the end", () => {
    const record = recordOf({ activity: { lastHeartbeatAt: CREATED + 29 * MINUTE_MS } });
    const instance: InstanceRecord = {
      ...BOOT,
      status: "alive",
      lastHeartbeatAt: CREATED + 90 * MINUTE_MS,
      endedAt: null,
    };
    expect(explain(record, CREATED + 90 * MINUTE_MS, { instance }).sentence).toContain(
      "its server process notes-1 kept reporting until 14:30:00 UTC, so the client went quiet",
    );
  });

  it("counts the idle time that was, also when a grace period made it longer than the timeout", () => {
    const record = recordOf({ activity: { deadlineAt: CREATED + 45 * MINUTE_MS } });
    expect(explain(record, CREATED + 50 * MINUTE_MS).sentence).toMatch(/^Expired after 45 min without a request;/);
  });

  it("promises no way back out of an end that is final, or a lifetime that is over", () => {
    const tokenExpiresAt = CREATED + 300 * MINUTE_MS;
    const closed = recordOf({ status: "closed", endReason: "client_closed", endedAt: CREATED + 5_000, tokenExpiresAt });
    const outlived = recordOf({ tokenExpiresAt, activity: { lifetimeEndsAt: CREATED + 30 * MINUTE_MS } });
    const idle = recordOf({ tokenExpiresAt });
    const [now, bringsBack] = [CREATED + 40 * MINUTE_MS, "a reconnect token can bring it back until 19:00:00 UTC"];
    expect(explain(idle, now).sentence).toContain(bringsBack);
    expect(explain(closed, now).sentence).not.toContain(bringsBack);
    expect(explain(outlived, now).sentence).not.toContain(bringsBack);
  });
});
