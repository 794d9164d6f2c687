import type { HttpConnection, RawAnswer } from "../load/http-connection";
import { type Action, ACTIONS, type EndAs, type Ledger, type LedgerEntry } from "./ledger";
import type { Random } from "./random";
import { batchRequest, createRequest, endRequest, heartbeatRequest, patchRequest } from "./session-requests";

const WEIGHTS: Record<Action, number> = { create: 8, heartbeat: 16, batch: 4, patch: 4, terminate: 2, close: 2 };
const DECK = ACTIONS.flatMap((action) => Array.from({ length: WEIGHTS[action] }, () => action));
const BATCH = 20;
const SHORT_LIVED_SHARE = 0.1;
const GONE = 410;
const STORAGE_BUSY = 503;

export interface WriterOptions {
  name: string;
  connection: HttpConnection;
  ledger: Ledger;
  random: Random;
  /** Sessions of earlier rounds that it takes over. */
  own: LedgerEntry[];
}

/**
 * One client that writes until its connection breaks, and notes what it sends before and what is acknowledged after.
 * Heartbeats go to anybody's sessions; only its own does it patch and end, so that it knows their latest state.
 */
export class Writer {
  readonly #options: WriterOptions;
  readonly #own: LedgerEntry[];
  #created = 0;

  constructor(options: WriterOptions) {
    this.#options = options;
    this.#own = options.own;
  }

  async writeUntilCut(): Promise<void> {
    try {
      for (;;) await this.#act(this.#chooseAction());
    } catch (error) {
      if (!this.#options.connection.isClosed) throw error;
      this.#options.ledger.unanswered += 1;
    }
  }

  #chooseAction(): Action {
    return this.#options.random.pick(DECK) ?? "heartbeat";
  }

  async #act(action: Action): Promise<void> {
    const { ledger, random } = this.#options;
    const target = random.pick(action === "heartbeat" ? ledger.open : this.#own);
    if (action === "create" || !target) return this.#create();
    target.round = ledger.round;
    if (action === "heartbeat") return this.#beat(target);
    if (action === "batch") return this.#beatMany();
    if (action === "patch") return this.#patch(target);
    return this.#end(target, action === "close" ? "closed" : "terminated");
  }

  async #create(): Promise<void> {
    const { ledger, name, random } = this.#options;
    this.#created += 1;
    const id = `${name}-${String(this.#created)}`;
    const entry = ledger.add(id, random.fraction() < SHORT_LIVED_SHARE);
    if (!(await this.#send(createRequest(entry), "create"))) return;
    ledger.confirmCreate(entry);
    this.#own.push(entry);
  }

  async #beat(entry: LedgerEntry): Promise<void> {
    const requests = 1 + this.#options.random.below(3);
    entry.requestsSent += requests;
    if (await this.#send(heartbeatRequest(entry, requests), "heartbeat")) entry.requestsAcknowledged += requests;
    else this.#takeBack(entry, requests);
  }

  async #beatMany(): Promise<void> {
    const { ledger, random } = this.#options;
    const beats = Array.from({ length: BATCH }, () => random.pick(ledger.open))
      .filter((entry) => entry !== undefined)
      .map((entry) => ({ entry, requests: 1 + random.below(3) }));
    for (const { entry, requests } of beats) {
      entry.round = ledger.round;
      entry.requestsSent += requests;
    }
    const answer = await this.#send(batchRequest(beats), "batch");
    const outcomes = answer ? outcomesOf(answer) : [];
    for (const [index, { entry, requests }] of beats.entries()) {
      if (outcomes[index] === "ok") entry.requestsAcknowledged += requests;
      else if (outcomes[index] === "unknown") ledger.violations.push(`${entry.id}: a batch says that it is unknown`);
      else this.#takeBack(entry, requests);
    }
  }

  async #patch(entry: LedgerEntry): Promise<void> {
    entry.revisionSent += 1;
    const revision = entry.revisionSent;
    if (await this.#send(patchRequest(entry, revision), "patch")) entry.revisionAcknowledged = revision;
    else this.#forget(entry);
  }

  async #end(entry: LedgerEntry, as: EndAs): Promise<void> {
    const reason = `${as} by ${this.#options.name}`;
    entry.end = { as, reason, isAcknowledged: false };
    const isEnded = await this.#send(endRequest(entry, as, reason), as === "closed" ? "close" : "terminate");
    entry.end = isEnded ? { as, reason, isAcknowledged: true } : null;
    this.#forget(entry);
  }

  /** The answer when the write was acknowledged; null when it was refused and so must have changed nothing. */
  async #send(request: Buffer, action: Action): Promise<RawAnswer | null> {
    const { connection, ledger } = this.#options;
    const answer = await connection.send(request);
    if (answer.status >= 200 && answer.status < 300) {
      ledger.acknowledged[action] += 1;
      return answer;
    }
    if (answer.status !== GONE && answer.status !== STORAGE_BUSY)
      ledger.violations.push(`${action} answered ${String(answer.status)}: ${answer.body}`);
    return null;
  }

  #takeBack(entry: LedgerEntry, requests: number): void {
    entry.requestsSent -= requests;
    this.#options.ledger.retire(entry);
  }

  #forget(entry: LedgerEntry): void {
    const index = this.#own.indexOf(entry);
    if (index >= 0) this.#own.splice(index, 1);
    this.#options.ledger.retire(entry);
  }
}

function outcomesOf({ body }: RawAnswer): string[] {
  // The contract's own reply; its tests are elsewhere.
  const { results } = JSON.parse(body) as { results: { outcome: string }[] };
  return results.map(({ outcome }) => outcome);
}
