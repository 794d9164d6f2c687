import { must } from "../check-failure";
import type { Check, StepContext } from "../check";
import { formatDuration } from "../duration";
import { inParallel } from "../in-parallel";
import { at, instanceAt, type Reconnected, type Registry } from "../registry";
import { until } from "../until";
import { KEPT_STATE, mustHaveState } from "./kept-state";

/** Longer than a sweep and its round of requests take. */
const NOTICED_WITHIN_MS = 5_000;
const ROUNDING_MS = 20;

/** What a session survives, and what must not bring it back. */
export const reconnect: Check = {
  name: "reconnect",
  steps: ({ parallel, idleMs, leaseMs }) => [
    { name: `disconnected, then back with its token: ${STATE} is still there`, run: survivesADisconnect },
    { name: "the token of a lost reply gets the same answer again", run: repeatsALostReply },
    { name: `of ${String(parallel)} redemptions of one token at the same time, one counts`, run: oneRedemptionCounts },
    { name: "a stopped instance's session goes to one of those that claim it", run: oneClaimWins },
    {
      name: `its instance dies (lease ${formatDuration(leaseMs)}), another claims it: ${STATE} is still there`,
      run: survivesItsInstance,
    },
    { name: `expired after ${formatDuration(idleMs)}, it comes back with its token`, run: comesBackFromExpiry },
    { name: "refuses forged and foreign tokens, and servers that do not own the session", run: refusesTokens },
    { name: "a used token that comes back ends the session", run: endsAfterReuse },
  ],
};

const STATE = JSON.stringify(KEPT_STATE);

async function survivesADisconnect({ registry }: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry);
  const token = await registry.issueToken(id);
  const { status, endReason } = await registry.disconnect(id);
  must(status === "disconnected", `it is ${status} after its disconnect, not disconnected`);
  must(endReason === "transport_lost", `it was disconnected for ${String(endReason)}, not for transport_lost`);
  await registry.refused(id, ["PATCH", "/state"], { status: 409, code: "session_disconnected", body: { counter: 0 } });
  await mustBeBack(registry, id, { before: token, after: await registry.reconnect(id, token) });
}

async function repeatsALostReply({ registry }: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry);
  const token = await registry.issueToken(id);
  await registry.disconnect(id);
  const first = await registry.reconnect(id, token);
  const again = await registry.reconnect(id, token);
  must(!first.repeated && again.repeated, "the answers do not say which of them is the repeated one");
  must(again.token === first.token, "the repeated answer has another token than the first");
  await mustBeBack(registry, id, { before: token, after: again });
}

async function oneRedemptionCounts({ registry, options }: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry);
  const token = await registry.issueToken(id);
  await registry.disconnect(id);
  const answers = await inParallel(Array.from({ length: options.parallel }), options.parallel, () =>
    registry.reconnect(id, token),
  );
  const [first] = answers;
  const counted = answers.filter(({ repeated }) => !repeated).length;
  must(counted === 1, `${String(counted)} of ${String(answers.length)} redemptions counted`);
  const tokens = new Set(answers.map((answer) => answer.token)).size;
  must(tokens === 1, `the redemptions were given ${String(tokens)} different tokens`);
  if (first) await mustBeBack(registry, id, { before: token, after: first });
}

async function oneClaimWins({ registry, options }: StepContext): Promise<undefined> {
  const [owner, ...others] = [await registry.register("stopping"), ...(await registerMany(registry, options.parallel))];
  const id = await rememberingSession(registry, owner);
  await registry.refused(id, ["POST", "/claim"], { status: 409, code: "session_owned", body: others[0] });
  await registry.stop(owner);
  const left = await registry.read(id);
  must(left.status === "disconnected", `it is ${left.status} after its instance has stopped, not disconnected`);
  must(left.endReason === "server_shutdown", `its reason is ${String(left.endReason)}, not server_shutdown`);
  const answers = await inParallel(others, options.parallel, (boot) =>
    registry.client.send(`POST ${at(id)}/claim`, { body: boot }),
  );
  const wrong = answers.find(({ status }) => status !== 200 && status !== 409);
  must(wrong === undefined, () => `${wrong?.said ?? ""}, not 200 or 409`);
  const winners = answers.filter(({ status }) => status === 200).length;
  must(winners === 1, `${String(winners)} of ${String(others.length)} claims at the same time won`);
  const { status } = await registry.read(id);
  must(status === "active", `it is ${status} after the claim, not active`);
  await mustHaveState(registry, id);
}

async function survivesItsInstance(ctx: StepContext): Promise<undefined> {
  const { registry, clock, progress, options } = ctx;
  const owner = await registry.register("dying", { leaseMs: options.leaseMs });
  const id = await rememberingSession(registry, owner);
  const { epoch } = await registry.read(id);
  progress("waiting for its lease to run out");
  await clock.waitUntil(clock.now() + options.leaseMs, registry.client.signal);
  const message = () => "it was not disconnected when its instance's lease ran out";
  const lost = await until(ctx, { withinMs: NOTICED_WITHIN_MS, message }, async () => {
    const session = await registry.read(id);
    return session.status === "active" ? null : session;
  });
  must(lost.status === "disconnected", `it is ${lost.status} after the death of its instance, not disconnected`);
  must(lost.endReason === "instance_lost", `its reason is ${String(lost.endReason)}, not instance_lost`);

  const claimed = await registry.claim(id, await registry.register("heir"));
  must(claimed.status === "active", `it is ${claimed.status} after the claim, not active`);
  must(claimed.epoch === epoch + 1, `the claim made epoch ${String(claimed.epoch)} of ${String(epoch)}`);
  await mustHaveState(registry, id);
  const late = { body: { counter: 0 }, headers: { "holdfast-epoch": String(epoch) } };
  await registry.refused(id, ["PATCH", "/state"], { status: 409, code: "session_fenced", ...late });
  // Back from the dead, and too late: what it held is another's now.
  const beat = { bootId: owner.bootId, sessions: [{ id, epoch }] };
  await registry.client.send(`POST ${instanceAt(owner)}/heartbeat`, { body: beat });
  must((await registry.read(id)).epoch === epoch + 1, "its late heartbeat has changed the session's owner");
  await registry.patchState(id, KEPT_STATE);
  await mustHaveState(registry, id);
}

async function comesBackFromExpiry({
  registry,
  clock,
  progress,
  options: { idleMs },
}: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry, { idleTimeoutMs: idleMs });
  const token = await registry.issueToken(id);
  progress(`waiting ${formatDuration(idleMs)}`);
  await clock.waitUntil(clock.now() + idleMs + ROUNDING_MS, registry.client.signal);
  const { status } = await registry.read(id);
  must(status === "expired", `it is ${status} ${formatDuration(idleMs)} after its last use, not expired`);
  const after = await registry.reconnect(id, token);
  await mustBeBack(registry, id, { before: token, after });
}

async function refusesTokens({ registry }: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry);
  const token = await registry.issueToken(id);
  const other = await rememberingSession(registry);
  await registry.disconnect(id);
  await registry.disconnect(other);
  const refuse = (session: string, body: object, [status, code]: readonly [number, string]) =>
    registry.refused(session, ["POST", "/reconnect"], { status, code, body });
  await refuse(id, { token: "not.a.token" }, [401, "token_invalid"]);
  await refuse(id, { token: forged(token) }, [401, "token_invalid"]);
  await refuse(other, { token }, [401, "token_wrong_session"]);
  await refuse(id, { token, server: "another-server" }, [403, "wrong_server"]);
  for (const session of [id, other]) {
    const { status } = await registry.read(session);
    must(status === "disconnected", `a refused token has made session ${session} ${status}`);
  }
  // None of it has used up the token of the rightful owner.
  await mustBeBack(registry, id, { before: token, after: await registry.reconnect(id, token) });
}

async function endsAfterReuse({ registry }: StepContext): Promise<undefined> {
  const id = await rememberingSession(registry);
  const stolen = await registry.issueToken(id);
  await registry.disconnect(id);
  const { token: next } = await registry.reconnect(id, stolen);
  await registry.disconnect(id);
  const { token: last } = await registry.reconnect(id, next);
  const reuse = { status: 401, code: "token_reused", body: { token: stolen } };
  await registry.refused(id, ["POST", "/reconnect"], reuse);
  const { status, endReason } = await registry.read(id);
  must(status === "terminated", `it is ${status} after that, not terminated`);
  must(endReason === "token_reuse", `it was terminated for ${String(endReason)}, not for token_reuse`);
  const answer = await registry.client.send(`POST ${at(id)}/reconnect`, { body: { token: last } });
  must(answer.status === 401 || answer.status === 410, `${answer.said}: a token of a terminated session still works`);
}

async function rememberingSession(registry: Registry, more: object = {}): Promise<string> {
  const { id } = await registry.create(more);
  await registry.putState(id, KEPT_STATE);
  await registry.append(id, [{ id: "first", role: "user", content: "List the nodes." }]);
  return id;
}

function registerMany(registry: Registry, count: number) {
  const names = Array.from({ length: Math.min(count, 8) }, (_, index) => `heir-${String(index + 1)}`);
  return inParallel(names, names.length, (name) => registry.register(name));
}

async function mustBeBack(
  registry: Registry,
  id: string,
  { before, after }: { before: string; after: Reconnected },
): Promise<void> {
  must(after.session.id === id, `the reconnect answered session ${after.session.id}`);
  must(after.token !== before, "the reconnect answered the token that was used up");
  const { status, reconnectCount } = await registry.read(id);
  must(status === "active", `it is ${status} after the reconnect, not active`);
  must(reconnectCount === 1, `one reconnect was counted as ${String(reconnectCount)}`);
  await mustHaveState(registry, id);
  const messages = await registry.messages(id);
  must(messages.length === 1 && messages[0]?.id === "first", "its messages are not what they were");
  await registry.use(id);
}

/** The same token with one letter of its signature changed. */
function forged(token: string): string {
  const at = token.lastIndexOf(".") + 10;
  const letter = token[at] === "A" ? "B" : "A";
  return `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
}
