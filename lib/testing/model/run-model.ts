import fc from "fast-check";
import { startTestRegistry, type TestRegistry } from "../test-registry";
import { checkWholeWorld } from "./check-world";
import { ALL_COMMANDS } from "./commands/all-commands";
import type { ModelCommand } from "./commands/model-command";
import type { Real } from "./real-side";
import { isLive } from "./model-time";
import type { ModelWorld } from "./model-world";

const DAY_MS = 24 * 3_600_000;
const MAX_COMMANDS = 40;
/** A restart reads everything that there is: beyond this many runs that costs more than a new registry. */
const RUNS_PER_REGISTRY = 40;

export interface ModelRunOptions {
  runs: number;
  /** From the report of an earlier failure: to see it again. */
  seed?: number | undefined;
  path?: string | undefined;
  replayPath?: string | undefined;
}

export interface ModelReport {
  /** Null: registry and model agreed throughout. */
  failure: string | null;
  seed: number;
  runs: number;
  commands: number;
}

/** Sends random sequences of commands to a registry and to the model, and compares them after every one. */
export async function runModel({ runs, seed, path, replayPath }: ModelRunOptions): Promise<ModelReport> {
  const stage = new Stage();
  const sequences = fc.commands(ALL_COMMANDS, {
    ...{ maxCommands: MAX_COMMANDS, size: "max" },
    ...(replayPath !== undefined && { replayPath }),
  });
  const property = fc.asyncProperty(sequences, (commands) => stage.run(commands));
  try {
    const details = await fc.check(property, {
      ...{ numRuns: runs, endOnFailure: false },
      ...(seed !== undefined && { seed }),
      ...(path !== undefined && { path }),
    });
    const failure = details.failed
      ? `${replayLine(details)}\n\n${fc.defaultReportMessage(details) ?? ""}\n\n${String(details.errorInstance)}`
      : null;
    return { failure, seed: details.seed, runs: details.numRuns, commands: stage.commands };
  } finally {
    await stage.close();
  }
}

function replayLine({ seed, counterexamplePath, counterexample }: fc.RunDetails<[Iterable<ModelCommand>]>): string {
  const replayPath = /replayPath="([^"]*)"/.exec(fc.stringify(counterexample))?.[1] ?? "";
  const settings = [
    `HOLDFAST_MODEL_SEED=${String(seed)}`,
    `HOLDFAST_MODEL_PATH=${counterexamplePath ?? ""}`,
    `HOLDFAST_MODEL_REPLAY=${replayPath}`,
  ];
  return `registry and model disagree; to see it again: ${settings.join(" ")} npx vitest run lib/http/model.test.ts`;
}

/** The registry on which the runs take place, one after the other, each with names of its own. */
class Stage {
  #registry: TestRegistry | undefined;
  #runs = 0;
  commands = 0;

  async run(commands: Iterable<ModelCommand>): Promise<void> {
    const registry = await this.#nextRegistry();
    const real = await begin(registry, `r${String(this.#runs)}`);
    const world: ModelWorld = { now: registry.time.now(), seenAt: registry.time.now(), sessions: [], boots: [] };
    try {
      await fc.asyncModelRun(() => ({ model: world, real }), commands);
      await checkWholeWorld(world, real);
      await settle(world, real);
    } catch (error) {
      // What is left of a failed run must not trouble the next one.
      await this.close();
      throw error;
    } finally {
      this.commands += real.turn;
    }
  }

  async close(): Promise<void> {
    const registry = this.#registry;
    this.#registry = undefined;
    await registry?.close();
  }

  async #nextRegistry(): Promise<TestRegistry> {
    this.#runs += 1;
    if (this.#runs % RUNS_PER_REGISTRY === 0) await this.close();
    return (this.#registry ??= await startTestRegistry());
  }
}

/** Every run begins at midnight, a day after the one before: at the same moment, seen from its own figures. */
async function begin(registry: TestRegistry, prefix: string): Promise<Real> {
  const now = registry.time.now();
  registry.time.advance((Math.floor(now / DAY_MS) + 2) * DAY_MS - now);
  const { body } = await registry.call<{ statusBreakdown: { active: number; byStatus: Record<string, number> } }>(
    "GET",
    "/api/mcp/sessions/health",
  );
  const { active, byStatus } = body.statusBreakdown;
  return { registry, prefix, before: { active, ...byStatus }, requests: new Map(), turn: 0 };
}

/** Leaves nothing behind that could still change. */
async function settle({ sessions, now }: ModelWorld, { registry }: Real): Promise<void> {
  await registry.sweep();
  for (const session of sessions) {
    if (isLive(session, now)) await registry.call("DELETE", `/api/mcp/sessions/${session.id}`);
  }
}
