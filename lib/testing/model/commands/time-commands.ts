import fc from "fast-check";
import { recordNotices } from "@/lib/services/record-notices";
import { recordLost } from "../model-boots";
import { comeBack, goDown } from "../model-process";
import { hasDeadline, idleSince, recordExpired } from "../model-time";
import { type ModelWorld, REPEAT_MS } from "../model-world";
import type { Real } from "../real-side";
import { commandOf } from "./model-command";

function pass(world: ModelWorld, { registry }: Real, ms: number): void {
  registry.time.advance(ms);
  world.now = registry.time.now();
}

/** What the registry does by itself four times a second. */
async function sweep(world: ModelWorld, { registry }: Real): Promise<void> {
  await recordNotices(registry.runtime.context);
  await registry.sweep();
  recordLost(world);
  recordExpired(world);
}

export const sweepCommand = commandOf("sweep", fc.constant(null), async ({ world, real }) => {
  await sweep(world, real);
});

const wait = fc.oneof(fc.constantFrom(1, 250, 1_000, 9_999, 10_000, 30_000), fc.nat(60_000), fc.nat(1_200_000));

export const waitCommand = commandOf("wait", wait, async ({ params, world, real }) => {
  pass(world, real, params);
});

/** Every moment ahead at which something becomes true by itself, soonest first. */
function momentsAhead({ sessions, boots, now }: ModelWorld): number[] {
  const ofSessions = sessions
    .filter(hasDeadline)
    .flatMap((session) => [session.deadline, ...[300_000, 600_000].map((age) => idleSince(session) + age)]);
  const ofTokens = sessions.flatMap(({ tokens }) =>
    tokens.flatMap(({ expiresAt, redeemedAt }) => [expiresAt, redeemedAt === null ? 0 : redeemedAt + REPEAT_MS]),
  );
  const ofBoots = boots.map(({ leaseEndsAt }) => leaseEndsAt ?? 0);
  return [...ofSessions, ...ofTokens, ...ofBoots].filter((at) => at > now).sort((a, b) => a - b);
}

/** Up to the very millisecond of something, one before or one after it. */
export const waitForMomentCommand = commandOf(
  "waitForMoment",
  fc.record({ which: fc.nat(3), offsetMs: fc.constantFrom(-1, 0, 0, 1) }),
  async ({ params, world, real }) => {
    const at = momentsAhead(world)[params.which];
    if (at !== undefined) pass(world, real, Math.max(0, at + params.offsetMs - world.now));
  },
);

/** A server process dies: it misses its heartbeats until its lease is over, and a sweep finds out. */
export const loseInstanceCommand = commandOf("loseInstance", fc.nat(1), async ({ params, world, real }) => {
  const ends = world.boots.flatMap(({ leaseEndsAt }) => leaseEndsAt ?? []).sort((a, b) => a - b);
  const at = ends[params % Math.max(1, ends.length)];
  if (at === undefined) return;
  pass(world, real, Math.max(0, at - world.now));
  await sweep(world, real);
});

const downMs = fc.constantFrom(0, 0, 1, 5_000, 60_000, 1_000_000);

function processCommand(how: "restart" | "crash") {
  return commandOf(how, downMs, async ({ params, world, real }) => {
    goDown(world, how);
    await real.registry[how](params);
    world.now = real.registry.time.now();
    comeBack(world);
  });
}

export const restartCommand = processCommand("restart");
export const crashCommand = processCommand("crash");
