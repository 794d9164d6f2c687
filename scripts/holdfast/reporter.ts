import type { CheckResult, RunResult, Step, StepResult } from "./check";

/** Where text goes; the process's streams fit. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Tells of a run while it lasts. */
export interface Reporter {
  begins(of: Pick<RunResult, "url" | "run">): void;
  checkBegins(name: string, steps: readonly Step[]): void;
  stepBegins(name: string): void;
  progresses(text: string): void;
  stepEnds(result: StepResult): void;
  checkEnds(result: CheckResult): void;
  cleansUp(): void;
  ends(result: RunResult): void;
}

const silent = (): void => undefined;

/** Nothing but the result, as one JSON document. */
export function jsonReporter(out: Output): Reporter {
  return {
    ...{ begins: silent, checkBegins: silent, stepBegins: silent, progresses: silent, stepEnds: silent },
    ...{ checkEnds: silent, cleansUp: silent },
    ends: (result) => {
      out.write(`${JSON.stringify(result, null, 2)}\n`);
    },
  };
}
