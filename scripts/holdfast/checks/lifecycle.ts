import type { Check, Step, StepContext } from "../check";
import { CheckFailure, must } from "../check-failure";
import { formatDuration } from "../duration";
import { inParallel } from "../in-parallel";
import { until } from "../until";
import { KEPT_STATE, mustHaveState } from "./kept-state";

/** Longer than the instance takes to record what has become due: a second, and the way there. */
const RECORDED_WITHIN_MS = 2_500;
/** Clocks are read in whole milliseconds on both sides. */
const ROUNDING_MS = 20;
const ATTEMPTS = 3;

/** One session's life, from its creation to each of its ends. */
export const lifecycle: Check = {
  name: "lifecycle",
  steps: ({ idleMs }) => [
    { name: "creates a session, and it is active", run: createsAnActiveSession },
    { name: "state persists between requests", run: statePersists },
    { name: "messages can be added, each of them once", run: messagesCanBeAdded },
    { name: `stays active until ${formatDuration(idleMs)} after its last use`, run: staysActiveWhileUsed },
    { name: `expires ${formatDuration(idleMs)} after its last use`, run: expiresOnTime },
    { name: "an expired session used again gets a different id", run: renewsUnderAnotherId },
    endsForGood("closed"),
    endsForGood("terminated"),
  ],
};

async function createsAnActiveSession({ registry }: StepContext): Promise<undefined> {
  const created = await registry.create({ clientInfo: { name: "holdfast-check" }, capabilities: ["tools"] });
  const { id, status, labels, clientInfo, capabilities } = await registry.read(created.id);
  must(created.status === "active" && status === "active", `the new session is ${status}, not active`);
  must(id === created.id, `GET of session ${created.id} answered session ${id}`);
  const isAsSent = labels["holdfast-check"] === registry.run && clientInfo?.["name"] === "holdfast-check";
  must(isAsSent && capabilities?.["tools"] !== undefined, "the session is not as it was registered");
}

async function statePersists({ registry }: StepContext): Promise<undefined> {
  const { id } = await registry.create();
  await registry.putState(id, { counter: 1, draft: "x" });
  await registry.patchState(id, { ...KEPT_STATE, draft: null });
  await mustHaveState(registry, id);
  await registry.use(id);
  await mustHaveState(registry, id);
  const { version } = await registry.readState(id);
  must(version === '"2"', `two writes have made version ${String(version)} of the state, not "2"`);
}

async function messagesCanBeAdded({ registry }: StepContext): Promise<undefined> {
  const { id } = await registry.create();
  const [question, answer, thanks] = [
    { id: "question", role: "user", content: "List the nodes." },
    { id: "answer", role: "assistant", content: [{ type: "text", text: "There are three." }] },
    { id: "thanks", role: "user", content: "Thanks." },
  ];
  await registry.append(id, [question, answer]);
  // Sent again, as after a lost reply.
  await registry.append(id, [answer, thanks]);
  const kept = await registry.messages(id);
  const ids = kept.map((message) => message.id).join(", ");
  must(ids === "question, answer, thanks", `the messages are: ${ids}; not: question, answer, thanks`);
  must(
    kept.every(({ seq }, index) => seq === index + 1),
    `the messages are numbered ${kept.map(({ seq }) => seq).join(", ")}`,
  );
  must(kept[0]?.content === question.content, "a message's content is not what was sent");
}

/** Judged by the time from before a use to after the answer: a slow network or machine can't make a session look too old. */
async function staysActiveWhileUsed(ctx: StepContext): Promise<undefined> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) if (await wasActiveToTheEnd(ctx)) return;
  throw new CheckFailure("answers come too slowly to tell: give it more time with --idle");
}

/** False when it took so long that the session may rightly have expired. */
async function wasActiveToTheEnd({ registry, clock, options: { idleMs }, ...ctx }: StepContext): Promise<boolean> {
  const wait = (at: number) => clock.waitUntil(at, registry.client.signal);
  const createdAt = clock.now();
  const { id } = await registry.create({ idleTimeoutMs: idleMs });
  ctx.progress("waiting to use it");
  await wait(createdAt + idleMs * 0.4);
  const usedAt = clock.now();
  const used = await registry.client.send(`POST /api/mcp/sessions/${id}/heartbeat`);
  if (used.status !== 200) {
    must(
      clock.now() - createdAt >= idleMs,
      () => `${used.said} ${formatDuration(clock.now() - createdAt)} after its start`,
    );
    return false;
  }
  ctx.progress("waiting until shortly before it expires");
  await wait(usedAt + idleMs * 0.85);
  const { status, endReason } = await registry.read(id);
  if (status === "active") return true;
  const elapsed = clock.now() - usedAt;
  must(elapsed >= idleMs, `it is ${status} (${String(endReason)}) ${formatDuration(elapsed)} after its last use`);
  return false;
}

async function expiresOnTime(ctx: StepContext): Promise<undefined> {
  const { registry, options } = ctx;
  const id = await expiredSession(ctx);
  const { status, endReason, endedAt, lastActivityAt } = await registry.read(id);
  must(status === "expired", `it is ${status} ${formatDuration(options.idleMs)} after its last use, not expired`);
  must(endReason === "idle_timeout", `it expired for ${String(endReason)}, not for idle_timeout`);
  const idle = Date.parse(endedAt ?? "") - Date.parse(lastActivityAt);
  must(idle >= options.idleMs, `by its own account it expired after ${String(idle)} ms idle`);
  await registry.refused(id, ["POST", "/heartbeat"], { status: 410, code: "session_expired" });
  await until(ctx, { withinMs: RECORDED_WITHIN_MS, message: () => "its timeline does not tell" }, async () =>
    (await registry.eventTypes(id)).includes("expired") ? true : null,
  );
}

async function renewsUnderAnotherId(ctx: StepContext): Promise<undefined> {
  const { registry } = ctx;
  const id = await expiredSession(ctx);
  const [first, second] = await inParallel([1, 2], 2, () => registry.renew(id));
  const newId = first?.newSessionId ?? "";
  must(newId !== id, "the new session has the id of the old one");
  must(second?.newSessionId === newId, "two calls at the same time got two different sessions");
  const [old, successor] = [await registry.read(id), await registry.read(newId)];
  must(old.status === "expired", `the old session is ${old.status}, not expired`);
  must(successor.status === "active", `the new session is ${successor.status}, not active`);
  must(old.supersededBy === newId && successor.supersedes === id, "the two sessions do not name each other");
}

/** Only answers that certainly come after its deadline count: the wait begins when the creation has been answered. */
async function expiredSession({ registry, clock, options: { idleMs }, progress }: StepContext): Promise<string> {
  const { id } = await registry.create({ idleTimeoutMs: idleMs });
  progress(`waiting ${formatDuration(idleMs)}`);
  await clock.waitUntil(clock.now() + idleMs + ROUNDING_MS, registry.client.signal);
  return id;
}

function endsForGood(status: "closed" | "terminated"): Step {
  return {
    name: `a ${status} session stays ${status}`,
    run: async ({ registry }) => {
      const { id } = await registry.create();
      await registry.putState(id, KEPT_STATE);
      const ended = status === "closed" ? await registry.close(id) : await registry.terminate(id);
      must(ended.status === status, `the answer calls it ${ended.status}, not ${status}`);
      await registry.refused(id, ["POST", "/heartbeat"], { status: 410, code: "session_gone" });
      await registry.refused(id, ["PATCH", "/state"], { status: 410, code: "session_gone", body: { counter: 6 } });
      await registry.refused(id, ["POST", "/renew"], { status: 410, code: "session_gone" });
      const after = await registry.read(id);
      must(after.status === status, `it is ${after.status} after that, not ${status}`);
      await mustHaveState(registry, id);
      return undefined;
    },
  };
}
