import type { CheckClock, RunResult } from "../check";
import { runHoldfast } from "../run-holdfast";
import { systemClock } from "../system-clock";
import type { World } from "../world";

export interface Outcome {
  code: number;
  out: string;
  err: string;
}

/** Runs the program in this process, as if from a pipe. */
export async function runProgram(args: readonly string[], world: Partial<World> = {}): Promise<Outcome> {
  const [out, err] = [new Capture(), new Capture()];
  const { signal } = new AbortController();
  const code = await runHoldfast(args, { env: {}, clock: systemClock, signal, out, err, ...world });
  return { code, out: out.text, err: err.text };
}

/** Runs a check with small numbers and answers its JSON document. */
export async function runCheck(
  name: string,
  { url, clock }: { url: string; clock: CheckClock },
  world: Partial<World> = {},
): Promise<{ code: number; result: RunResult }> {
  const args = ["check", name, "--url", url, "--json", "--sessions", "12", "--parallel", "6"];
  const { code, out } = await runProgram(args, { clock, ...world });
  return { code, result: JSON.parse(out) as RunResult };
}

export class Capture {
  text = "";
  isTTY = false;
  columns = 120;

  write(text: string): void {
    this.text += text;
  }
}
