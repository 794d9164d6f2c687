import fc from "fast-check";
import { batch, beat, type BeatOf, type Figures } from "../model-beats";
import { beatOfBoot } from "../model-boots";
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
  type Step,
} from "./model-command";
import { bootChoice, pickBoot } from "./instance-commands";

const figures = fc.record<Figures>(
  {
    idleMs: fc.constantFrom(0, 120, 5_000, 299_999, 300_000, 3_600_000),
    inFlight: fc.constantFrom(0, 0, 1, 3),
    requests: fc.constantFrom(0, 0, 1, 4),
    errors: fc.constantFrom(0, 1),
  },
  { requiredKeys: [] },
);
const beatChoice = fc.record({ session: sessionIndex, epoch: epochChoice, figures });
const beatChoices = fc.array(beatChoice, { maxLength: 4 });

function toBeat(
  step: Omit<Step<unknown>, "params">,
  choice: { session: number; epoch: "any" | "current" | "other"; figures: Figures },
): BeatOf {
  const epoch = epochOf(pickSession(step.world, choice.session), choice.epoch);
  return { id: pickId(step, choice.session), epoch, ...choice.figures };
}

const toWire = ({ epoch, ...fields }: BeatOf) => ({ ...fields, ...(epoch !== null && { epoch }) });

export const beatCommand = commandOf("beat", beatChoice, async ({ params, ...step }) => {
  const { id, epoch, ...reported } = toBeat(step, params);
  const expected = beat(step.world, { id, epoch, ...reported });
  const headers = epochHeader(epoch);
  await exchange(step.real, { method: "POST", path: `/sessions/${id}/heartbeat`, expected, headers, body: reported });
});

export const batchBeatCommand = commandOf("batchBeat", beatChoices, async ({ params, ...step }) => {
  const beats = params.map((choice) => toBeat(step, choice));
  const expected = { status: 200, body: { results: batch(step.world, beats) } };
  await exchange(step.real, { method: "POST", path: "/heartbeats", expected, body: { beats: beats.map(toWire) } });
});

export const instanceBeatCommand = commandOf(
  "instanceBeat",
  fc.record({ instance: instanceIndex, boot: bootChoice, sessions: beatChoices }),
  async ({ params, ...step }) => {
    const { world, real } = step;
    const { instanceId, bootId } = pickBoot(step, params);
    // What it is to be answered depends on the sessions that this very heartbeat revives.
    const renewed = beatOfBoot(world, { instanceId, bootId });
    const beats = params.sessions.map((choice) => toBeat(step, choice));
    const expected =
      "status" in renewed
        ? renewed
        : { status: 200, body: { ...renewed.expected, results: batch(world, beats, renewed.boot) } };
    const body = { bootId, sessions: beats.map(toWire) };
    await exchange(real, { method: "POST", path: `/instances/${instanceId}/heartbeat`, expected, body });
  },
);
