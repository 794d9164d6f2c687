import fc from "fast-check";
import { append, writeState } from "../model-content";
import { disconnect, end, renew } from "../model-endings";
import { create, type Update, update } from "../model-sessions";
import { bootOf, IDLE_TIMEOUT_MS, sessionOf } from "../model-world";
import { wireOf } from "../model-wire";
import {
  commandOf,
  epochChoice,
  epochHeader,
  epochOf,
  exchange,
  instanceIndex,
  pickId,
  pickSession,
  sessionIndex,
} from "./model-command";

const idleTimeoutMs = fc.constantFrom(1_000, 20_000, 60_000, 301_000, IDLE_TIMEOUT_MS);
const lifetimeMs = fc.constantFrom(null, null, null, 1_000, 45_000, 900_000);
const server = fc.constantFrom("notes", "notes", "notes", "files");

export const createCommand = commandOf(
  "create",
  fc.record({
    server,
    /** Which id it asks for: a new one, or that of an earlier session. */
    like: fc.oneof({ weight: 9, arbitrary: fc.constant(null) }, sessionIndex),
    instance: fc.option(instanceIndex, { freq: 4 }),
    boot: fc.constantFrom("unsaid", "current", "other" as const),
    idleTimeoutMs,
    lifetimeMs,
  }),
  async ({ params, world, real }) => {
    const { like, boot, instance, ...given } = params;
    const known = like === null ? null : pickSession(world, like);
    const id = known?.id ?? `${real.prefix}-s${String(world.sessions.length)}`;
    const instanceId = instance === null ? null : `${real.prefix}-i${String(instance)}`;
    const current = instanceId === null ? undefined : bootOf(world, instanceId);
    const bootId =
      instanceId === null || boot === "unsaid" ? null : boot === "other" ? "none" : (current?.bootId ?? null);
    const facts = { ...given, id, instanceId, server: `${real.prefix}-${given.server}` };
    const expected = create(world, { ...facts, bootId });
    const body = { ...facts, principal: real.prefix, ...(bootId !== null && { bootId }) };
    const headers: Record<string, string> = known ? {} : { "idempotency-key": id };
    await exchange(real, { method: "POST", path: "/sessions", expected, headers, body });
    if (expected.status === 201) real.requests.set(id, body);
  },
);

/** The answer to a create was lost: the same request once more. */
export const retryCreateCommand = commandOf("retryCreate", sessionIndex, async ({ params, world, real }) => {
  const session = pickSession(world, params);
  const body = session && real.requests.get(session.id);
  if (!session || !body) return;
  const expected = { status: 201, body: wireOf(session, world.now) };
  const headers = { "idempotency-key": session.id };
  await exchange(real, { method: "POST", path: "/sessions", expected, headers, body });
});

export const updateCommand = commandOf(
  "update",
  fc.record({
    session: sessionIndex,
    epoch: epochChoice,
    changes: fc
      .record(
        { idleTimeoutMs, lifetimeMs, labels: fc.constantFrom({ team: "a" }, { team: "b", tier: "1" }, { team: null }) },
        { requiredKeys: [] },
      )
      .filter((changes) => Object.keys(changes).length > 0),
  }),
  async ({ params, world, real }) => {
    const session = pickSession(world, params.session);
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(session, params.epoch);
    const changes: Update["changes"] = params.changes;
    const expected = update(world, { id, epoch, changes });
    const headers = epochHeader(epoch);
    await exchange(real, { method: "PATCH", path: `/sessions/${id}`, expected, headers, body: changes });
  },
);

const document = fc.constantFrom(
  { counter: 5, lastTool: "list_nodes" },
  { counter: 6 },
  { counter: null },
  { nested: { a: 1, b: null } },
  { nested: { a: null, c: { d: "x" } } },
  { nested: 7 },
  {},
);

function stateCommand(name: string, mode: "replace" | "merge") {
  const params = fc.record({
    session: sessionIndex,
    epoch: epochChoice,
    version: fc.constantFrom("any", "any", "current", "other"),
    document,
  });
  return commandOf(name, params, async ({ params, world, real }) => {
    const session = pickSession(world, params.session);
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(session, params.epoch);
    const version = session?.stateVersion ?? 0;
    const ifVersion = params.version === "any" ? null : params.version === "current" ? version : version + 1;
    const expected = writeState(world, { id, mode, document: params.document, ifVersion, epoch });
    const headers = { ...epochHeader(epoch), ...(ifVersion !== null && { "if-match": `"${String(ifVersion)}"` }) };
    const method = mode === "replace" ? "PUT" : "PATCH";
    const answer = await exchange(real, {
      method,
      path: `/sessions/${id}/state`,
      expected,
      headers,
      body: params.document,
    });
    if (answer.status === 200 && session) checkVersion(answer.headers.get("etag"), session.stateVersion);
  });
}

function checkVersion(tag: string | null, version: number): void {
  if (tag !== `"${String(version)}"`) throw new Error(`the ETag is ${String(tag)} at version ${String(version)}`);
}

export const putStateCommand = stateCommand("putState", "replace");
export const patchStateCommand = stateCommand("patchState", "merge");

export const appendCommand = commandOf(
  "append",
  fc.record({
    session: sessionIndex,
    epoch: epochChoice,
    messages: fc.array(
      fc.record({
        id: fc.constantFrom(null, "m1", "m2", "m3"),
        role: fc.constantFrom("user", "user", "tool" as const),
        content: fc.constantFrom("hello", "hello", "world"),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  async ({ params, world, real }) => {
    const session = pickSession(world, params.session);
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(session, params.epoch);
    const expected = append(world, { id, messages: params.messages, epoch });
    const messages = params.messages.map(({ id: own, ...message }) => ({
      ...message,
      ...(own !== null && { id: own }),
    }));
    const headers = epochHeader(epoch);
    await exchange(real, { method: "POST", path: `/sessions/${id}/messages`, expected, headers, body: { messages } });
  },
);

export const disconnectCommand = commandOf(
  "disconnect",
  fc.record({
    session: sessionIndex,
    epoch: epochChoice,
    reason: fc.constantFrom("transport_lost", "server_shutdown"),
    detail: fc.constantFrom(null, "socket hang up"),
  }),
  async ({ params, world, real }) => {
    const { reason, detail } = params;
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(pickSession(world, params.session), params.epoch);
    const expected = disconnect(world, { id, reason, detail, epoch });
    const headers = epochHeader(epoch);
    await exchange(real, {
      method: "POST",
      path: `/sessions/${id}/disconnect`,
      expected,
      headers,
      body: { reason, detail },
    });
  },
);

export const terminateCommand = commandOf(
  "terminate",
  fc.record({ session: sessionIndex, epoch: epochChoice }),
  async ({ params, world, real }) => {
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(pickSession(world, params.session), params.epoch);
    const reason = "stuck";
    const expected = end(world, { id, as: "terminated", reason, epoch });
    const headers = epochHeader(epoch);
    await exchange(real, { method: "DELETE", path: `/sessions/${id}`, expected, headers, body: { reason } });
  },
);

export const closeCommand = commandOf(
  "close",
  fc.record({ session: sessionIndex, epoch: epochChoice, by: fc.constantFrom("client", "server" as const) }),
  async ({ params, world, real }) => {
    const { by } = params;
    const id = pickId({ world, real }, params.session);
    const epoch = epochOf(pickSession(world, params.session), params.epoch);
    const expected = end(world, { id, as: "closed", by, epoch });
    const headers = epochHeader(epoch);
    await exchange(real, { method: "DELETE", path: `/sessions/${id}`, expected, headers, body: { as: "closed", by } });
  },
);

export const renewCommand = commandOf(
  "renew",
  fc.record({ session: sessionIndex, isTaken: fc.constantFrom(false, false, false, true) }),
  async ({ params, world, real }) => {
    const id = pickId({ world, real }, params.session);
    const fresh = `${real.prefix}-s${String(world.sessions.length)}`;
    const newId = params.isTaken && sessionOf(world, id) ? id : fresh;
    const expected = renew(world, id, newId);
    await exchange(real, { method: "POST", path: `/sessions/${id}/renew`, expected, body: { id: newId } });
  },
);
