import type { TestRegistry } from "../test-registry";
import { agree, agreeWholly } from "./agree";
import type { Real } from "./real-side";
import { bootOf, iso, type ModelSession, type ModelWorld } from "./model-world";
import { isLive, statusAt } from "./model-time";
import { bootWireOf, figuresOf, wireOf } from "./model-wire";

const STATUSES = ["active", "disconnected", "expired", "closed", "terminated"] as const;
/** Seen rather than done: when they are written down depends on when somebody looked. */
const NOTICES = new Set(["health_changed", "heartbeat_gap"]);

/** Holds everything that can be read of the run against the model. Dear reads take turns. */
export async function checkWorld(world: ModelWorld, real: Real): Promise<void> {
  const { registry, turn } = real;
  real.turn += 1;
  world.now = registry.time.now();
  await checkList(world, real, null);
  await checkFigures(world, real);
  const [kind, pick] = [turn % 3, Math.floor(turn / 3)];
  const session = world.sessions[pick % Math.max(1, world.sessions.length)];
  const boot = world.boots[pick % Math.max(1, world.boots.length)];
  if (kind === 0) await checkList(world, real, STATUSES[pick % STATUSES.length] ?? null);
  if (kind === 1 && session) await checkSession(world, real, session);
  if (kind === 2 && boot) await checkInstance(world, real, boot.instanceId);
}

/** The same without turns: at the end of a run. */
export async function checkWholeWorld(world: ModelWorld, real: Real): Promise<void> {
  world.now = real.registry.time.now();
  for (const status of [null, ...STATUSES]) await checkList(world, real, status);
  await checkFigures(world, real);
  for (const session of world.sessions) await checkSession(world, real, session);
  for (const id of new Set(world.boots.map(({ instanceId }) => instanceId))) await checkInstance(world, real, id);
}

async function read<Body>(registry: TestRegistry, path: string): Promise<Body> {
  const { status, body } = await registry.call<Body>("GET", `/api/mcp${path}`);
  agree(path, { status, body }, { status: 200 });
  return body;
}

async function checkList(
  { sessions, now }: ModelWorld,
  { registry, prefix }: Real,
  status: (typeof STATUSES)[number] | null,
): Promise<void> {
  const filter = status === null ? "" : `&status=${status}`;
  const path = `/sessions?principal=${prefix}&order=asc&limit=200${filter}`;
  const listed = await read<{ sessions: object[] }>(registry, path);
  const wanted = sessions.filter((session) => status === null || statusAt(session, now) === status);
  agree(
    path,
    listed.sessions,
    wanted.map((session) => wireOf(session, now)),
  );
}

interface Health {
  statusBreakdown: { active: number; disconnected: number; total: number; byStatus: Record<string, number> };
  ageDistribution: object;
  connectionHealth: { endsByReason: object };
}

async function checkFigures(world: ModelWorld, { registry, before }: Real): Promise<void> {
  const { byStatus, ages, connection } = figuresOf(world);
  const health = await read<Health>(registry, "/sessions/health");
  const wanted = Object.fromEntries(
    Object.entries(byStatus).map(([status, count]) => [status, count + (before[status] ?? 0)]),
  );
  const { active, disconnected, total } = health.statusBreakdown;
  agreeWholly("status breakdown", { active, ...health.statusBreakdown.byStatus }, wanted);
  agree(
    "total",
    total,
    Object.values(wanted).reduce((sum, count) => sum + count, 0),
  );
  agree("no longer active", disconnected, total - active);
  agreeWholly("age distribution", health.ageDistribution, ages);
  agree("connection health", health.connectionHealth, connection);
  agreeWholly("ends by reason", health.connectionHealth.endsByReason, connection.endsByReason);
}

async function checkSession({ now }: ModelWorld, { registry }: Real, session: ModelSession): Promise<void> {
  const path = `/sessions/${session.id}`;
  agree(path, await read(registry, path), wireOf(session, now));
  agreeWholly(`${path}/state`, await read(registry, `${path}/state`), session.state);
  const { messages } = await read<{ messages: object[] }>(registry, `${path}/messages?limit=200`);
  const numbered = session.messages.map((message, index) => ({ seq: index + 1, ...message }));
  agree(`${path}/messages`, messages, numbered);
  await checkEvents(registry, session);
}

interface WireEvent {
  seq: number;
  type: string;
  at: string;
  reason: string | null;
  data: object | null;
}

async function checkEvents(registry: TestRegistry, { id, events }: ModelSession): Promise<void> {
  const path = `/sessions/${id}/events?limit=500`;
  const log = (await read<{ events: WireEvent[] }>(registry, path)).events;
  const seqs = log.map(({ seq }) => seq);
  agree(
    `order of ${path}`,
    seqs,
    [...new Set(seqs)].sort((a, b) => a - b),
  );
  const done = log.filter(({ type }) => !NOTICES.has(type)).map((event) => ({ ...event, data: event.data ?? {} }));
  agree(
    path,
    done,
    events.map((event) => ({ ...event, at: iso(event.at) })),
  );
}

async function checkInstance(world: ModelWorld, { registry }: Real, instanceId: string): Promise<void> {
  const boot = bootOf(world, instanceId);
  if (!boot) return;
  const held = world.sessions.filter((session) => session.holder === boot && isLive(session, world.now));
  const active = held.filter(({ status }) => status === "active").length;
  const sessions = { active, disconnected: held.length - active };
  const path = `/instances/${instanceId}`;
  agree(path, await read(registry, path), { ...bootWireOf(boot), sessions });
}
