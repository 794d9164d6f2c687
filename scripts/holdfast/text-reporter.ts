import { styleText } from "node:util";
import type { CheckResult, RunResult, Step, StepResult } from "./check";
import { formatDuration } from "./duration";
import type { Output, Reporter } from "./reporter";

/** Between two lines of progress where lines cannot be rewritten. */
const PROGRESS_EVERY_MS = 5_000;
const CLEAR_LINE = "\r\u001b[2K";
const MARKS = { passed: ["✓", "green"], failed: ["✗", "red"], skipped: ["-", "gray"] } as const;
const VERDICTS = { passed: "green", failed: "red", interrupted: "yellow" } as const;

export interface TextReporterOptions {
  out: Output;
  env: Readonly<Record<string, string | undefined>>;
  now: () => number;
}

type Style = Parameters<typeof styleText>[0];

/** For people: a line per step; on a terminal the last line tells how far it has come. */
export class TextReporter implements Reporter {
  readonly #out: Output;
  readonly #now: () => number;
  readonly #isTerminal: boolean;
  readonly #isColoured: boolean;
  #width = 0;
  #step = "";
  #nextProgressAt = 0;

  constructor({ out, env, now }: TextReporterOptions) {
    this.#out = out;
    this.#now = now;
    this.#isTerminal = out.isTTY === true && env["TERM"] !== "dumb";
    const isForced = (env["FORCE_COLOR"] ?? "0") !== "0";
    this.#isColoured = (env["NO_COLOR"] ?? "") === "" && (this.#isTerminal || isForced);
  }

  begins({ url, run }: Pick<RunResult, "url" | "run">): void {
    this.#line(`Checking ${url} (run ${run})`);
  }

  checkBegins(name: string, steps: readonly Step[]): void {
    this.#width = Math.max(...steps.map((step) => step.name.length));
    this.#line(`\n${this.#style("bold", name)}`);
  }

  stepBegins(name: string): void {
    this.#step = name;
    this.#nextProgressAt = this.#now() + PROGRESS_EVERY_MS;
    this.#rewrite(`  … ${name}`);
  }

  progresses(text: string): void {
    if (this.#isTerminal) {
      this.#rewrite(`  … ${this.#step}  ${text}`);
    } else if (this.#now() >= this.#nextProgressAt) {
      this.#nextProgressAt = this.#now() + PROGRESS_EVERY_MS;
      this.#line(`  … ${this.#step}: ${text}`);
    }
  }

  stepEnds({ name, outcome, durationMs, note, error }: StepResult): void {
    const [mark, colour] = MARKS[outcome];
    const time = outcome === "skipped" ? "interrupted" : formatDuration(durationMs);
    const rest = note === undefined ? time : `${time}, ${note}`;
    this.#line(`  ${this.#style(colour, mark)} ${name.padEnd(this.#width)}  ${this.#style("dim", rest)}`);
    if (error !== undefined) this.#line(`      ${this.#style("red", error)}`);
  }

  checkEnds({ name, outcome, durationMs, steps }: CheckResult): void {
    const count = (wanted: StepResult["outcome"]) => steps.filter((step) => step.outcome === wanted).length;
    const [failed, skipped] = [count("failed"), count("skipped")];
    const figures = [
      failed === 0 ? `${String(steps.length)} steps` : `${String(failed)} of ${String(steps.length)} steps failed`,
      ...(skipped > 0 ? [`${String(skipped)} not done`] : []),
      formatDuration(durationMs),
    ];
    this.#verdict(name, outcome, figures);
  }

  cleansUp(): void {
    this.#rewrite("  … closing what is left open");
  }

  ends({ outcome, durationMs, checks, leftBehind }: RunResult): void {
    this.#clear();
    if (leftBehind !== null) {
      this.#line(`\n${this.#style("red", "Could not clean up:")} ${leftBehind}`);
      this.#line("Sessions of server holdfast-check that are still open expire by themselves within 10 minutes.");
    }
    if (checks.length < 2) return;
    const steps = checks.reduce((sum, check) => sum + check.steps.length, 0);
    this.#line("");
    this.#verdict("all", outcome, [
      `${String(checks.length)} checks`,
      `${String(steps)} steps`,
      formatDuration(durationMs),
    ]);
  }

  #verdict(name: string, outcome: RunResult["outcome"], figures: readonly string[]): void {
    this.#line(`${name}: ${this.#style(["bold", VERDICTS[outcome]], outcome.toUpperCase())} (${figures.join(", ")})`);
  }

  #style(style: Style, text: string): string {
    return this.#isColoured ? styleText(style, text, { validateStream: false }) : text;
  }

  #line(text: string): void {
    this.#clear();
    this.#out.write(`${text}\n`);
  }

  #rewrite(text: string): void {
    if (!this.#isTerminal) return;
    const { columns = 0 } = this.#out;
    // A line that wraps could not be cleared.
    this.#out.write(`${CLEAR_LINE}${text.slice(0, (columns > 0 ? columns : 80) - 1)}`);
  }

  #clear(): void {
    if (this.#isTerminal) this.#out.write(CLEAR_LINE);
  }
}
