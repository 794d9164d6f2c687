import fc from "fast-check";
import type { InstanceFacts } from "@/lib/domain/instance";
import type { SessionStore } from "../session-store";
import type { TokenFacts } from "../token-store";
import { sampleFacts } from "./sample-facts";
import { beatOf } from "./store-fixture";

const WINDOW_MS = 90_000;

/** Something that can happen to sessions of one plan; instances and their boots are numbered, as sessions are. */
export type Step =
  | { type: "create"; session: number; instance: number | null; idleTimeoutMs: number; lifetimeMs: number | null }
  | { type: "beat"; sessions: number[]; idleMs: number | null; inFlight: number }
  | { type: "update"; session: number; idleTimeoutMs: number }
  | { type: "end"; session: number; as: "closed" | "terminated" }
  | { type: "sweep"; limit: number }
  | { type: "grace" }
  | { type: "register" | "return" | "stop"; instance: number; boot: number }
  | { type: "orphans"; limit: number }
  | { type: "disconnect"; session: number }
  | { type: "claim"; session: number; instance: number; boot: number }
  | { type: "token" | "reconnect" | "reuse"; session: number }
  | { type: "wait"; ms: number };

const session = fc.nat(4);
const instance = fc.nat(1);
const boot = fc.nat(1);
const limit = fc.integer({ min: 1, max: 3 });
const timeout = fc.integer({ min: 1_000, max: 180_000 });
const create = fc.record({
  type: fc.constant("create" as const),
  session,
  instance: fc.option(instance, { freq: 2 }),
  idleTimeoutMs: timeout,
  lifetimeMs: fc.option(timeout, { freq: 1 }),
});
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 2, arbitrary: create },
  {
    weight: 4,
    arbitrary: fc.record({
      type: fc.constant("beat" as const),
      sessions: fc.array(session, { minLength: 1, maxLength: 4 }),
      idleMs: fc.option(fc.nat(90_000)),
      inFlight: fc.nat(1),
    }),
  },
  fc.record({ type: fc.constant("update" as const), session, idleTimeoutMs: timeout }),
  fc.record({
    type: fc.constant("end" as const),
    session,
    as: fc.constantFrom("closed" as const, "terminated" as const),
  }),
  { weight: 3, arbitrary: fc.record({ type: fc.constant("sweep" as const), limit }) },
  fc.constant<Step>({ type: "grace" }),
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom("register" as const, "return" as const), instance, boot }),
  },
  fc.record({ type: fc.constant("stop" as const), instance, boot }),
  { weight: 2, arbitrary: fc.record({ type: fc.constant("orphans" as const), limit }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("disconnect" as const), session }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("claim" as const), session, instance, boot }) },
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constantFrom("token" as const, "reconnect" as const), session }),
  },
  fc.record({ type: fc.constant("reuse" as const), session }),
  {
    weight: 4,
    arbitrary: fc.record({ type: fc.constant("wait" as const), ms: fc.oneof(fc.nat(1_000), fc.nat(40_000)) }),
  },
);

const BOOTS: Step[] = [0, 1].map((index) => ({ type: "register", instance: index, boot: 0 }));
const TOKENS: Step[] = [0, 1, 2, 3, 4].map((index) => ({ type: "token", session: index }));
const AT_ONCE: Step = { type: "wait", ms: 0 };

/** Steps between two waits go to the store together, so that they meet in one commit. */
export const plan = fc
  .tuple(fc.array(create, { minLength: 3, maxLength: 5 }), fc.array(step, { maxLength: 60, size: "max" }))
  .map(([created, steps]): Step[] => [...BOOTS, AT_ONCE, ...created, AT_ONCE, ...TOKENS, AT_ONCE, ...steps]);

/** Who the steps of one plan are about, and the tokens they have been given. */
export interface Cast {
  prefix: string;
  now: number;
  tokens: Map<string, { good: TokenFacts | null; used: TokenFacts | null }>;
}

export function carryOut(store: SessionStore, current: Step, cast: Cast): Promise<unknown> {
  const { prefix, now } = cast;
  const idOf = (index: number) => `${prefix}-${String(index)}`;
  const bootOf = ({ instance, boot }: { instance: number; boot: number }) => {
    const id = `${prefix}-i${String(instance)}`;
    return { id, bootId: `${id}-${String(boot)}` };
  };
  switch (current.type) {
    case "create": {
      const { idleTimeoutMs, lifetimeMs, instance } = current;
      const instanceId = instance === null ? null : bootOf({ instance, boot: 0 }).id;
      const clientInfo = { name: `client-${String(current.session)}` };
      const protocolVersion = current.session < 2 ? "2025-11-25" : null;
      const timeouts = { idleTimeoutMs, lifetimeMs };
      const facts = sampleFacts({ id: idOf(current.session), instanceId, clientInfo, protocolVersion, ...timeouts });
      return store.createSession({ facts, idempotency: null, now });
    }
    case "beat": {
      const activityAt = current.idleMs === null ? null : now - current.idleMs;
      const { inFlight } = current;
      return store.recordBeats(
        current.sessions.map((index) => beatOf(idOf(index), { activityAt, inFlight, requests: 1 })),
        now,
      );
    }
    case "update":
      return store.updateSession({ id: idOf(current.session), now, changes: { idleTimeoutMs: current.idleTimeoutMs } });
    case "end": {
      const reason = current.as === "closed" ? "server_closed" : "operator_terminated";
      const end = { id: idOf(current.session), as: current.as, reason, detail: null, commandId: null, now } as const;
      return store.endSession(end);
    }
    case "sweep":
      return store.recordExpired(now, current.limit);
    case "grace":
      return store.grantGrace({ from: now, to: now + 30_000, until: now + 60_000 });
    case "register":
      return store.instances.registerInstance({ facts: bootFacts(bootOf(current), now), now });
    case "return":
      return store.instances
        .renewLease({ ...bootOf(current), now })
        .then(() => store.instances.reviveSessions({ now, limit: 2, graceMs: 10_000 }));
    case "stop":
      return store.instances.stopInstance({ ...bootOf(current), now });
    case "orphans":
      return store.instances
        .recordLostInstances(now)
        .then(() => store.instances.disconnectOrphans({ now, limit: current.limit, recoveryWindowMs: WINDOW_MS }));
    case "disconnect": {
      const loss = { reason: "transport_lost", detail: null, recoveryWindowMs: WINDOW_MS } as const;
      return store.instances.disconnectSession({ id: idOf(current.session), ...loss, now });
    }
    case "claim":
      return store.instances.claimSession({ sessionId: idOf(current.session), ...bootOf(current), now });
    case "token":
    case "reconnect":
    case "reuse":
      return handleToken(store, current.type, { ...cast, sessionId: idOf(current.session) });
    case "wait":
      return Promise.resolve();
  }
}

function bootFacts({ id, bootId }: { id: string; bootId: string }, startedAt: number): InstanceFacts {
  const unsaid = { serverVersion: null, host: null, pid: null, sdk: null, protocolVersions: [] };
  return { ...unsaid, id, bootId, server: "notes", startedAt, leaseMs: 30_000 };
}

async function handleToken(
  store: SessionStore,
  use: "token" | "reconnect" | "reuse",
  { sessionId, tokens, now }: Cast & { sessionId: string },
): Promise<void> {
  const record = await store.findSession(sessionId);
  if (!record) return;
  const { epoch } = record.activity;
  const own = tokens.get(sessionId) ?? { good: null, used: null };
  tokens.set(sessionId, own);
  if (use === "token") {
    const token = newToken(epoch, now);
    if ((await store.tokens.issueToken({ sessionId, token, maxGood: 2, now })).outcome === "won") own.good = token;
  } else if (use === "reconnect" && own.good) {
    const [{ hash }, successor] = [own.good, newToken(epoch + 1, now)];
    const { outcome } = await store.tokens.redeemToken({ sessionId, hash, successor, instance: null, now });
    if (outcome === "won") [own.used, own.good] = [own.good, successor];
  } else if (use === "reuse" && own.used) {
    await store.tokens.punishReuse({ sessionId, hash: own.used.hash, commandId: newToken(0, now).jti, now });
  }
}

let tokensMade = 0;

function newToken(epoch: number, now: number): TokenFacts {
  const jti = `token-${String((tokensMade += 1))}`;
  return { hash: `hash of ${jti}`, jti, keyId: "key", epoch, issuedAt: now, expiresAt: now + 600_000 };
}
