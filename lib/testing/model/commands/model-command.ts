import fc, { type Arbitrary, type AsyncCommand } from "fast-check";
import type { Answer, CallOptions } from "../../test-registry";
import { agree } from "../agree";
import { checkWorld } from "../check-world";
import type { Real } from "../real-side";
import type { Expected, ModelSession, ModelWorld } from "../model-world";

export type ModelCommand = AsyncCommand<ModelWorld, Real>;

export interface Step<Params> {
  params: Params;
  world: ModelWorld;
  real: Real;
}

/** A kind of command: what it does to both, and then everything has to agree. */
export function commandOf<Params>(
  name: string,
  params: Arbitrary<Params>,
  run: (step: Step<Params>) => Promise<void>,
): Arbitrary<ModelCommand> {
  return params.map((chosen) => ({
    check: () => true,
    run: async (world, real) => {
      await run({ params: chosen, world, real });
      await checkWorld(world, real);
    },
    toString: () => `${name}(${fc.stringify(chosen)})`,
  }));
}

export interface Exchange extends CallOptions {
  method: string;
  path: string;
  expected: Expected;
}

/** Sends a request, holds the answer against the model's, and hands it over. */
export async function exchange({ registry }: Real, { method, path, expected, ...options }: Exchange): Promise<Answer> {
  const answer = await registry.call(method, `/api/mcp${path}`, options);
  const { status, body } = answer;
  agree(`${method} ${path}`, { status, body }, expected);
  return answer;
}

export const sessionIndex = fc.nat(7);
export const instanceIndex = fc.nat(1);
/** Under which epoch a writer knows a session: it does not say, the current one, or another. */
export const epochChoice = fc.constantFrom("any", "any", "current", "other" as const);
export type EpochChoice = "any" | "current" | "other";

/** One of the sessions there are; an unknown id while there is none. */
export function pickSession({ sessions }: ModelWorld, index: number): ModelSession | null {
  return sessions[index % Math.max(1, sessions.length)] ?? null;
}

export function pickId({ world, real }: Omit<Step<unknown>, "params">, index: number): string {
  return pickSession(world, index)?.id ?? `${real.prefix}-unknown`;
}

export function epochOf(session: ModelSession | null, choice: EpochChoice): number | null {
  const epoch = session?.epoch ?? 1;
  if (choice === "any") return null;
  if (choice === "current") return epoch;
  return epoch > 1 ? epoch - 1 : epoch + 1;
}

export function epochHeader(epoch: number | null): Record<string, string> {
  return epoch === null ? {} : { "holdfast-epoch": String(epoch) };
}
