import { setTimeout as pause } from "node:timers/promises";
import { type ProcessOptions, type RunningProcess, startProcess } from "../../examples/start-process";

export interface CrashRhythm {
  liveMs: number;
  restMs: number;
}

interface Crashing {
  name: string;
  options: Omit<ProcessOptions, "onLine">;
  rhythm: CrashRhythm;
}

/** The demo's processes: when one of them ends by itself, all of them do. */
export class ProcessGroup {
  readonly #isQuiet: boolean;
  #members: RunningProcess[] = [];
  #ending: Promise<void> | undefined;

  constructor(isQuiet: boolean) {
    this.#isQuiet = isQuiet;
  }

  start(name: string, options: Omit<ProcessOptions, "onLine">): RunningProcess {
    const member = startProcess({
      ...options,
      onLine: (line, stream) => {
        this.#print(name, line, stream);
      },
    });
    this.#members.push(member);
    void member.exited.then((code) => {
      const isOurDoing = !this.#members.includes(member);
      if (!isOurDoing) void this.end(1, `${name} has ended by itself (${String(code)}); see above for why.`);
    });
    return member;
  }

  /** Starts a process that is killed in the middle of its work and starts again, over and over. Answers the first one. */
  startCrashing(name: string, options: Omit<ProcessOptions, "onLine">, rhythm: CrashRhythm): RunningProcess {
    const first = this.start(name, options);
    void this.#crash(first, { name, options, rhythm });
    return first;
  }

  /** Stops everybody, the last to come first, and ends this process. */
  end(exitCode: number, why?: string): Promise<void> {
    this.#ending ??= this.#endOnce(exitCode, why);
    return this.#ending;
  }

  async #endOnce(exitCode: number, why: string | undefined): Promise<void> {
    if (why !== undefined) console.error(`\n  ${why}`);
    for (const member of this.#members.reverse()) await member.stop();
    process.exit(exitCode);
  }

  async #crash(victim: RunningProcess, again: Crashing): Promise<void> {
    const { name, options, rhythm } = again;
    await pause(rhythm.liveMs, undefined, { ref: false });
    if (this.#isOver()) return;
    this.#members = this.#members.filter((member) => member !== victim);
    await victim.kill();
    this.#print(name, `killed (SIGKILL); comes back in ${String(rhythm.restMs / 1_000)} s`, "stderr");
    await pause(rhythm.restMs, undefined, { ref: false });
    if (!this.#isOver()) await this.#crash(this.start(name, options), again);
  }

  #isOver(): boolean {
    return this.#ending !== undefined;
  }

  #print(name: string, line: string, stream: "stdout" | "stderr"): void {
    // On the way out, what a process says of the others' leaving only distracts.
    if (this.#isOver()) return;
    if (this.#isQuiet && stream === "stdout") return;
    console[stream === "stdout" ? "log" : "error"](`${name.padEnd(8)} │ ${line}`);
  }
}
