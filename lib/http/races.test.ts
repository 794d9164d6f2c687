import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SessionHealthSummary } from "@/lib/contract/health";
import type { Session } from "@/lib/contract/session";
import { type Answer, startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

const { HOLDFAST_RACE_ROUNDS, HOLDFAST_RACE_REDEMPTIONS } = process.env;
const ROUNDS = Number(HOLDFAST_RACE_ROUNDS ?? 36);
const TIMEOUT_MS = 20_000 + ROUNDS * 2_000;
const SESSIONS = "/api/mcp/sessions";
const IDLE_TIMEOUT_MS = 1_000;

let registry: TestRegistry;
beforeEach(async () => {
  registry = await startTestRegistry();
});
afterEach(() => registry.close());

/** Contestants by the event-loop turn at which each begins: every round of a race has its own line-up. */
function lineUp(round: number, contestants: readonly (() => Promise<unknown> | undefined)[]): Promise<unknown[]> {
  const turns = contestants.map((_, index) => Math.floor(round / 5 ** index) % 5);
  return Promise.all(
    contestants.map(async (contestant, index) => {
      for (let turn = 0; turn < (turns[index] ?? 0); turn += 1) await new Promise(setImmediate);
      return contestant();
    }),
  );
}

const open = (id: string, facts: object = {}) => {
  const body = { id, server: "notes", idleTimeoutMs: IDLE_TIMEOUT_MS, ...facts };
  return registry.call<Session>("POST", SESSIONS, { body });
};
const read = async (id: string) => (await registry.call<Session>("GET", `${SESSIONS}/${id}`)).body;

interface Event {
  type: string;
  at: string;
  data: { from?: string; epoch?: number; commandId?: string } | null;
}

/** What happened to a session, without what was merely seen. */
async function eventsOf(id: string): Promise<Event[]> {
  const { body } = await registry.call<{ events: Event[] }>("GET", `${SESSIONS}/${id}/events`);
  return body.events.filter(({ type }) => type !== "health_changed" && type !== "heartbeat_gap");
}

async function figures() {
  const { body } = await registry.call<SessionHealthSummary>("GET", `${SESSIONS}/health`);
  const { statusBreakdown, connectionHealth } = body;
  return { active: statusBreakdown.active, ...statusBreakdown.byStatus, ends: connectionHealth.endsByReason };
}

type Figures = Awaited<ReturnType<typeof figures>>;

/** By how much a round has changed the figures. */
function changeOf(before: Figures, after: Figures, reason: keyof Figures["ends"]) {
  const { active, disconnected, expired, terminated } = before;
  return {
    active: after.active - active,
    disconnected: after.disconnected - disconnected,
    expired: after.expired - expired,
    terminated: after.terminated - terminated,
    ends: (after.ends[reason] ?? 0) - (before.ends[reason] ?? 0),
  };
}

describe(`in ${String(ROUNDS)} rounds each`, () => {
  it(
    "a heartbeat within 5 ms of the deadline either saves its session or comes too late",
    async () => {
      const seen = { saved: 0, late: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = `s-${String(round)}`;
        const before = await figures();
        const deadline = Date.parse((await open(id)).body.expiresAt ?? "");
        registry.time.advance(IDLE_TIMEOUT_MS + (round % 11) - 5);
        let sentAt = 0;
        let answeredAt = 0;
        let answer: Answer<{ session: { expiresAt: string }; code: string }> | undefined;
        await lineUp(Math.floor(round / 11), [
          async () => {
            sentAt = registry.time.now();
            answer = await registry.call("POST", `${SESSIONS}/${id}/heartbeat`);
            answeredAt = registry.time.now();
          },
          () => {
            registry.time.advance(1 + (round % 3));
            return registry.sweep();
          },
          () => registry.sweep(),
          () => read(id),
        ]);
        const isSaved = answer?.status === 200;
        if (sentAt >= deadline) expect(isSaved, id).toBe(false);
        if (answeredAt < deadline) expect(isSaved, id).toBe(true);
        seen[isSaved ? "saved" : "late"] += 1;
        registry.time.advance(20);
        await registry.sweep();
        const session = await read(id);
        const events = await eventsOf(id);
        const change = changeOf(before, await figures(), "idle_timeout");
        if (isSaved) {
          expect(session).toMatchObject({
            status: "active",
            expiresAt: answer?.body.session.expiresAt,
            requestCount: 1,
          });
          expect(events.map(({ type }) => type)).toEqual(["created"]);
          expect(change).toEqual({ active: 1, disconnected: 0, expired: 0, terminated: 0, ends: 0 });
          await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { as: "closed" } });
        } else {
          const endedAt = new Date(deadline).toISOString();
          expect(answer).toMatchObject({ status: 410, body: { code: "session_expired" } });
          expect(session).toMatchObject({ status: "expired", endReason: "idle_timeout", endedAt, requestCount: 0 });
          expect(events).toMatchObject([{ type: "created" }, { type: "expired", at: endedAt }]);
          expect(events).toHaveLength(2);
          expect(change).toEqual({ active: 0, disconnected: 0, expired: 1, terminated: 0, ends: 1 });
        }
      }
      expect(seen.saved * seen.late).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it(
    "a termination that meets a reconnect ends the session, once",
    async () => {
      const seen = { reconnected: 0, refused: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = `s-${String(round)}`;
        const from = (["active", "disconnected", "expired", "overdue"] as const)[round % 4];
        const before = await figures();
        await open(id);
        const { token } = (await registry.call<{ token: string }>("POST", `${SESSIONS}/${id}/token`)).body;
        if (from === "disconnected") await registry.call("POST", `${SESSIONS}/${id}/disconnect`);
        if (from === "expired" || from === "overdue") registry.time.advance(IDLE_TIMEOUT_MS);
        if (from === "expired") await registry.sweep();
        const [terminated, reconnected] = (await lineUp(Math.floor(round / 4), [
          () => registry.call("DELETE", `${SESSIONS}/${id}`, { body: { reason: "stuck" } }),
          () => registry.call("POST", `${SESSIONS}/${id}/reconnect`, { body: { token } }),
          () => registry.sweep(),
        ])) as [Answer, Answer];
        const isBack = reconnected.status === 200;
        seen[isBack ? "reconnected" : "refused"] += 1;
        expect(terminated, `${id} ${String(from)}`).toMatchObject({ status: 200, body: { status: "terminated" } });
        if (!isBack) expect(reconnected).toMatchObject({ status: 410, body: { code: "session_gone" } });
        expect(await read(id)).toMatchObject({
          ...{ status: "terminated", endReason: "operator_terminated", tokenExpiresAt: null },
          ...{ reconnectCount: isBack ? 1 : 0, epoch: isBack ? 2 : 1 },
        });
        const events = await eventsOf(id);
        const isDue = from === "expired" || from === "overdue";
        expect(events.map(({ type }) => type)).toEqual([
          ...["created", "token_issued"],
          ...(from === "disconnected" ? ["disconnected"] : isDue ? ["expired"] : []),
          ...(isBack ? ["reconnected"] : []),
          "terminated",
        ]);
        const ends = isBack || from === "active" ? 1 : 0;
        const change = changeOf(before, await figures(), "operator_terminated");
        expect(change).toEqual({ active: 0, disconnected: 0, expired: 0, terminated: 1, ends });
        await expectCommands(id, events.at(-1)?.data?.commandId);
        const again = await registry.call("POST", `${SESSIONS}/${id}/reconnect`, { body: { token } });
        expect(again).toMatchObject({ status: 410, body: { code: "session_gone" } });
      }
      expect(seen.reconnected * seen.refused).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );

  it(
    "one of many redemptions of a token wins, and the others get its answer",
    async () => {
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = `s-${String(round)}`;
        const from = (["active", "disconnected", "expired", "overdue"] as const)[round % 4];
        const count = Number(HOLDFAST_RACE_REDEMPTIONS ?? (round % 6 === 0 ? 100 : 10));
        await open(id);
        const { token } = (await registry.call<{ token: string }>("POST", `${SESSIONS}/${id}/token`)).body;
        if (from === "disconnected") await registry.call("POST", `${SESSIONS}/${id}/disconnect`);
        if (from === "expired" || from === "overdue") registry.time.advance(IDLE_TIMEOUT_MS);
        if (from === "expired") await registry.sweep();
        const before = await figures();
        const redeem = () =>
          registry.call<{ session: Session; token: string; repeated: boolean }>("POST", `${SESSIONS}/${id}/reconnect`, {
            body: { token },
          });
        const contestants = Array.from({ length: count }, () => redeem);
        const answers = (await lineUp(round * 7, contestants)) as Awaited<ReturnType<typeof redeem>>[];
        expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
        expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
        expect(new Set(answers.map(({ body }) => body.token)).size).toBe(1);
        for (const { body } of answers) expect(body.session).toMatchObject({ status: "active", epoch: 2 });
        expect(await read(id)).toMatchObject({ status: "active", epoch: 2, reconnectCount: 1 });
        const back = (await eventsOf(id)).filter(({ type }) => type === "reconnected");
        expect(back).toMatchObject([{ data: { from: from === "overdue" ? "expired" : from, epoch: 2 } }]);
        const { active, terminated, ends } = changeOf(before, await figures(), "idle_timeout");
        const wasCounted = from === "active" ? 1 : 0;
        expect([active, terminated, ends]).toEqual([1 - wasCounted, 0, from === "overdue" ? 1 : 0]);
        await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { as: "closed" } });
      }
    },
    TIMEOUT_MS,
  );

  it(
    "one of two claims wins the session",
    async () => {
      const boots = ["a", "b"].map((instanceId) => ({ instanceId, bootId: `boot-${instanceId}` }));
      for (const { instanceId, bootId } of boots) {
        const body = { bootId, server: "notes", leaseMs: 3_600_000 };
        await registry.call("PUT", `/api/mcp/instances/${instanceId}`, { body });
      }
      const wins: Record<string, number> = { a: 0, b: 0 };
      for (let round = 0; round < ROUNDS; round += 1) {
        const id = `s-${String(round)}`;
        await open(id);
        const isLost = round % 2 === 0;
        if (isLost) await registry.call("POST", `${SESSIONS}/${id}/disconnect`);
        const before = await figures();
        const answers = (await lineUp(
          Math.floor(round / 2),
          boots.map((body) => () => registry.call("POST", `${SESSIONS}/${id}/claim`, { body })),
        )) as Answer[];
        const winner = boots.find((_, index) => answers[index]?.status === 200);
        const loser = boots.find((boot) => boot !== winner);
        expect(answers.map(({ status }) => status).sort(), id).toEqual([200, 409]);
        expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ code: "session_owned", epoch: 2 });
        const instanceId = winner?.instanceId ?? "";
        wins[instanceId] = (wins[instanceId] ?? 0) + 1;
        expect(await read(id)).toMatchObject({ status: "active", epoch: 2, instanceId });
        const claims = (await eventsOf(id)).filter(({ type }) => type === "claimed");
        const data = { instanceId, epoch: 2, from: isLost ? "disconnected" : "active" };
        expect(claims).toMatchObject([{ data }]);
        expect(claims).toHaveLength(1);
        const change = changeOf(before, await figures(), "transport_lost");
        const moved = isLost ? 1 : 0;
        expect(change).toEqual({ active: moved, disconnected: 0 - moved, expired: 0, terminated: 0, ends: 0 });
        expect([await beatOf(id, winner), await beatOf(id, loser)]).toEqual(["ok", "fenced"]);
        await registry.call("DELETE", `${SESSIONS}/${id}`, { body: { as: "closed" } });
      }
      expect((wins["a"] ?? 0) * (wins["b"] ?? 0)).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

/** The one command that its server is told, if the log says that there is one; settled, so that it is not told again. */
async function expectCommands(id: string, commandId: string | undefined): Promise<void> {
  const beat = (acks: string[]) =>
    registry.call<{ commands: { id: string }[] }>("POST", "/api/mcp/heartbeats", { body: { beats: [{ id }], acks } });
  const { commands } = (await beat([])).body;
  expect(commands).toMatchObject(commandId === undefined ? [] : [{ id: commandId, sessionId: id }]);
  expect(commands).toHaveLength(commandId === undefined ? 0 : 1);
  if (commandId !== undefined) await beat([commandId]);
}

async function beatOf(id: string, boot: { instanceId: string; bootId: string } | undefined): Promise<string> {
  const path = `/api/mcp/instances/${boot?.instanceId ?? ""}/heartbeat`;
  const body = { bootId: boot?.bootId, sessions: [{ id }] };
  const answer = await registry.call<{ results: { outcome: string }[] }>("POST", path, { body });
  return answer.body.results[0]?.outcome ?? "none";
}
