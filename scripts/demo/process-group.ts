import { type ProcessOptions, type RunningProcess, startProcess } from "../../examples/start-process";

/** The demo's processes: when one of them ends by itself, all of them do. */
export class ProcessGroup {
  readonly #isQuiet: boolean;
  readonly #members: RunningProcess[] = [];
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
    void member.exited.then((code) => this.end(1, `${name} has ended by itself (${String(code)}); see above for why.`));
    return member;
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

  #print(name: string, line: string, stream: "stdout" | "stderr"): void {
    // On the way out, what a process says of the others' leaving only distracts.
    if (this.#ending) return;
    if (this.#isQuiet && stream === "stdout") return;
    console[stream === "stdout" ? "log" : "error"](`${name.padEnd(8)} │ ${line}`);
  }
}
