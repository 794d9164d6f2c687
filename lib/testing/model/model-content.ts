import { isRefused, usable } from "./model-sessions";
import { lifetimeEnd } from "./model-time";
import { type Expected, type ModelJson, type ModelMessage, type ModelWorld, note, refusal } from "./model-world";

export interface StateWrite {
  id: string;
  mode: "replace" | "merge";
  document: ModelJson;
  ifVersion: number | null;
  epoch: number | null;
}

export function writeState(world: ModelWorld, { id, mode, document, ifVersion, epoch }: StateWrite): Expected {
  const session = usable(world, id, epoch);
  if (isRefused(session)) return session;
  const { stateVersion } = session;
  if (ifVersion !== null && ifVersion !== stateVersion) return refusal(412, "precondition_failed", { stateVersion });
  session.state = mode === "merge" ? mergePatch(session.state, document) : document;
  session.stateVersion += 1;
  note(session, { type: "state_written", at: world.now, data: { version: session.stateVersion, mode } });
  return { status: 200, body: session.state };
}

type Value = ModelJson[string];

const isObject = (value: Value | undefined): value is ModelJson => typeof value === "object" && value !== null;

/** RFC 7396, as its own text puts it. */
function mergePatch(target: ModelJson, patch: ModelJson): ModelJson {
  const merged = { ...target };
  for (const [name, value] of Object.entries(patch)) {
    const before = merged[name];
    if (value === null) Reflect.deleteProperty(merged, name);
    else merged[name] = isObject(value) ? mergePatch(isObject(before) ? before : {}, value) : value;
  }
  return merged;
}

export interface Append {
  id: string;
  messages: ModelMessage[];
  epoch: number | null;
}

export function append(world: ModelWorld, { id, messages, epoch }: Append): Expected {
  const reused = refusal(409, "message_id_reused");
  const named = messages.flatMap((message) => message.id ?? []);
  if (new Set(named).size < named.length) return reused;
  const session = usable(world, id, epoch);
  if (isRefused(session)) return session;
  const { now } = world;
  const known = (wanted: ModelMessage) => session.messages.find((one) => wanted.id !== null && one.id === wanted.id);
  const isChanged = (wanted: ModelMessage): boolean => {
    const earlier = known(wanted);
    return earlier !== undefined && (earlier.role !== wanted.role || earlier.content !== wanted.content);
  };
  if (messages.some(isChanged)) return reused;
  const fresh = messages.filter((message) => !known(message));
  session.messages.push(...fresh);
  if (fresh.length > 0) {
    session.lastActivityAt = Math.max(session.lastActivityAt, now);
    // What a heartbeat said of requests in flight stays as believable as it was.
    const due = Math.min(session.lastActivityAt + session.idleTimeoutMs, lifetimeEnd(session));
    session.deadline = Math.max(session.deadline, due);
    note(session, { type: "messages_appended", at: now, data: { count: fresh.length } });
  }
  return { status: 201, body: { messages, messageCount: session.messages.length } };
}
