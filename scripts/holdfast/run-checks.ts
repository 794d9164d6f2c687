import type { Check, CheckResult, RunResult, Step, StepContext, StepResult } from "./check";
import { Interrupted, NoAnswer } from "./check-failure";
import { cleanUp } from "./clean-up";
import type { Reporter } from "./reporter";

export interface Run extends Omit<StepContext, "progress"> {
  url: string;
  checks: readonly Check[];
  reporter: Reporter;
}

/** Runs the checks one after the other, then closes what they have left open. */
export async function runChecks(run: Run): Promise<RunResult> {
  const { url, checks, registry, clock, reporter } = run;
  const startedAt = clock.now();
  reporter.begins({ url, run: registry.run });
  const results: CheckResult[] = [];
  let isOver = false;
  for (const check of checks) {
    const result = await runCheck(run, check, isOver);
    isOver ||= result.steps.some(({ outcome }) => outcome === "skipped");
    results.push(result);
  }
  reporter.cleansUp();
  const leftBehind = await cleanUp(registry);
  const outcome = worst([...results.map((result) => result.outcome), leftBehind === null ? "passed" : "failed"]);
  const durationMs = Math.round(clock.now() - startedAt);
  const result = { url, run: registry.run, outcome, durationMs, checks: results, leftBehind };
  reporter.ends(result);
  return result;
}

async function runCheck(run: Run, check: Check, isOver: boolean): Promise<CheckResult> {
  const { options, clock, reporter, registry } = run;
  const startedAt = clock.now();
  const steps = check.steps(options);
  reporter.checkBegins(check.name, steps);
  const results: StepResult[] = [];
  for (const step of steps) {
    if (isOver) results.push({ name: step.name, outcome: "skipped", durationMs: 0 });
    else {
      const { result, isLast } = await runStep(run, step);
      results.push(result);
      isOver = isLast;
    }
  }
  const failed = results.some(({ outcome }) => outcome === "failed");
  const isCut = registry.client.signal?.aborted === true && results.some(({ outcome }) => outcome === "skipped");
  const outcome = isCut ? "interrupted" : failed || isOver ? "failed" : "passed";
  const result: CheckResult = {
    name: check.name,
    outcome,
    durationMs: Math.round(clock.now() - startedAt),
    steps: results,
  };
  reporter.checkEnds(result);
  return result;
}

async function runStep(run: Run, { name, run: perform }: Step): Promise<{ result: StepResult; isLast: boolean }> {
  const { registry, options, clock, reporter } = run;
  const startedAt = clock.now();
  reporter.stepBegins(name);
  const finish = (result: Pick<StepResult, "outcome" | "note" | "error">, isLast = false) => {
    const whole = { name, durationMs: Math.round(clock.now() - startedAt), ...result };
    reporter.stepEnds(whole);
    return { result: whole, isLast };
  };
  try {
    const progress = (text: string): void => {
      reporter.progresses(text);
    };
    const note = await perform({ registry, options, clock, progress });
    return finish({ outcome: "passed", ...(note !== undefined && { note }) });
  } catch (error) {
    if (error instanceof Interrupted) return finish({ outcome: "skipped" }, true);
    const message = error instanceof Error ? error.message : String(error);
    return finish({ outcome: "failed", error: message }, error instanceof NoAnswer);
  }
}

function worst(outcomes: readonly RunResult["outcome"][]): RunResult["outcome"] {
  return (["interrupted", "failed"] as const).find((outcome) => outcomes.includes(outcome)) ?? "passed";
}
