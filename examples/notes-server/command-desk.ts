import type { Acknowledgement, Command } from "./holdfast-wire";

/** Commands that are remembered, so that none is carried out twice. */
const MAX_REMEMBERED = 1_000;

/** Ends a session here; answers whether this process had it. */
type Terminate = (sessionId: string, why: string) => Promise<boolean>;

/** Carries out each command once, however often and on whichever way it comes, and keeps the answer until it is heard. */
export class CommandDesk {
  readonly #terminate: Terminate;
  readonly #seen = new Set<string>();
  readonly #unheard = new Map<string, Acknowledgement>();

  constructor(terminate: Terminate) {
    this.#terminate = terminate;
  }

  async carryOut(command: Command): Promise<void> {
    const { id } = command;
    if (this.#seen.has(id)) return;
    this.#seen.add(id);
    const [oldest] = this.#seen;
    if (oldest !== undefined && this.#seen.size > MAX_REMEMBERED) this.#seen.delete(oldest);
    this.#unheard.set(id, { id, ...(await this.#answer(command)) });
  }

  /** Answers that Holdfast has yet to hear. */
  unheard(limit: number): Acknowledgement[] {
    return [...this.#unheard.values()].slice(0, limit);
  }

  heard(acks: readonly Acknowledgement[]): void {
    for (const { id } of acks) this.#unheard.delete(id);
  }

  async #answer({ sessionId, reason }: Command): Promise<Omit<Acknowledgement, "id">> {
    try {
      const wasHere = await this.#terminate(sessionId, `terminated by an operator: ${reason ?? "no reason given"}`);
      return { outcome: wasHere ? "done" : "unknown_session" };
    } catch (error) {
      return { outcome: "failed", detail: String(error).slice(0, 500) };
    }
  }
}
