import { expect, it } from "vitest";
import { type ModelRunOptions, runModel } from "@/lib/testing/model/run-model";

const { HOLDFAST_MODEL_RUNS, HOLDFAST_MODEL_SEED, HOLDFAST_MODEL_PATH, HOLDFAST_MODEL_REPLAY } = process.env;
const HOURS_MS = 3_600_000;

const options: ModelRunOptions = {
  runs: Number(HOLDFAST_MODEL_RUNS ?? 250),
  seed: HOLDFAST_MODEL_SEED === undefined ? undefined : Number(HOLDFAST_MODEL_SEED),
  path: HOLDFAST_MODEL_PATH,
  replayPath: HOLDFAST_MODEL_REPLAY,
};

it(
  "answers any sequence of commands as the model of the lifecycle says",
  async () => {
    const { failure, seed, runs, commands } = await runModel(options);
    process.stdout.write(`model: ${String(runs)} sequences, ${String(commands)} commands, seed ${String(seed)}\n`);
    expect(failure ?? "no divergence").toBe("no divergence");
  },
  12 * HOURS_MS,
);
