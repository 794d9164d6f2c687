import type { HttpConnection, RawAnswer } from "../load/http-connection";
import type { Action } from "./actions";
import { type Attempt, isAcknowledged, type Reply } from "./attempt";
import { ACTIVE, type Facts, IDLE, LOST } from "./facts";
import type { Account, Ledger } from "./ledger";
import { isOver, type LedgerEntry } from "./ledger-entry";
import type { Random } from "./random";

const BUSY = "storage_busy";
const PICKS = 12;

export interface WriterOptions {
  name: string;
  connections: readonly [HttpConnection, HttpConnection];
  ledger: Ledger;
  account: Account;
  random: Random;
}

/**
 * One MCP server, which notes what it sends before and what is acknowledged after. Heartbeats go to anybody's sessions;
 * everything else only to its own, so that it knows their latest state.
 */
export class Writer {
  readonly name: string;
  readonly ledger: Ledger;
  readonly account: Account;
  readonly random: Random;
  readonly #connections: readonly [HttpConnection, HttpConnection];
  #minted = 0;

  constructor({ name, connections, ledger, account, random }: WriterOptions) {
    this.name = name;
    this.ledger = ledger;
    this.account = account;
    this.random = random;
    this.#connections = connections;
  }

  get isCut(): boolean {
    return this.#connections.some(({ isClosed }) => isClosed);
  }

  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  newId(): string {
    this.#minted += 1;
    return `${this.name}-${String(this.#minted)}`;
  }

  /** One of its own sessions that fits, and that nothing is undecided of. */
  pick(fits: (entry: LedgerEntry) => boolean): LedgerEntry | undefined {
    for (let count = 0; count < PICKS; count += 1) {
      const entry = this.random.pick(this.account.own);
      if (entry?.attempt === null && fits(entry)) return entry;
    }
    return undefined;
  }

  object(problem: string): void {
    this.ledger.violations.push(problem);
  }

  /** Sends a request that is not about a session of its own alone. */
  async send(action: Action, request: Buffer, refusals: readonly string[] = []): Promise<Reply> {
    const reply = read(await this.#connections[0].send(request));
    this.#judge(action, reply, { refusals });
    return reply;
  }

  /** Carries out a noted write to one of its own sessions; answers whether it was acknowledged. */
  async try(entry: LedgerEntry, attempt: Attempt): Promise<boolean> {
    const { action, request, rival, wanted } = attempt;
    entry.round = this.ledger.round;
    entry.attempt = attempt;
    const sent = [this.#connections[0].send(request), ...(rival ? [this.#connections[1].send(rival)] : [])];
    const outcomes = await Promise.allSettled(sent);
    const replies = outcomes.flatMap((one) => (one.status === "fulfilled" ? [read(one.value)] : []));
    for (const reply of replies) this.#judge(action, reply, { refusals: this.#refusalsOf(entry, attempt), wanted });
    const acknowledged = replies.filter((reply) => isAcknowledged(reply, wanted));
    if (acknowledged.length > 0) this.#confirm(entry, attempt.accept(acknowledged));
    const cut = outcomes.find((one) => one.status === "rejected");
    if (cut) throw cut.reason;
    if (acknowledged.length === 0) this.#refuse(entry, attempt, replies[0]?.code ?? null);
    return acknowledged.length > 0;
  }

  /** Sends a write again that was cut off, as its client would. A refusal leaves open whether it had happened before. */
  async repeat(entry: LedgerEntry): Promise<void> {
    const cut = entry.attempt;
    if (cut?.canRepeat !== true) return;
    const { rival: _rival, takeBack: _takeBack, ...attempt } = cut;
    if (!(await this.try(entry, attempt))) entry.attempt = cut;
  }

  #refusalsOf({ isShortLived, facts }: LedgerEntry, { refusals = [] }: Attempt): string[] {
    const own = facts.boot?.isFickle ? ["session_disconnected"] : [];
    return [...refusals, ...own, ...(isShortLived ? ["session_expired"] : [])];
  }

  #judge(
    action: Action,
    reply: Reply,
    { refusals, wanted }: { refusals: readonly string[]; wanted?: string | undefined },
  ) {
    if (isAcknowledged(reply, wanted)) this.ledger.count(action);
    else if (reply.code === null || ![BUSY, ...refusals].includes(reply.code)) {
      this.object(`${action} answered ${String(reply.status)}: ${JSON.stringify(reply.body)}`);
    }
  }

  #confirm(entry: LedgerEntry, facts: Partial<Facts>): void {
    entry.facts = { ...entry.facts, ...facts };
    entry.attempt = null;
    entry.isExpiryHeard = false;
    const { own } = this.account;
    if (!entry.isCreateAcknowledged) own.push(entry);
    entry.isCreateAcknowledged = true;
    const place = isOver(entry) ? own.indexOf(entry) : -1;
    if (place >= 0) own.splice(place, 1);
  }

  /** A refused write has changed nothing, and may say what the registry has done by itself. */
  #refuse(entry: LedgerEntry, { takeBack }: Attempt, code: string | null): void {
    takeBack?.();
    entry.attempt = null;
    if (code === "session_expired") {
      entry.isExpiryHeard ||= entry.facts.status !== "expired";
      Object.assign(entry.facts, IDLE);
    }
    if (code === "session_disconnected") Object.assign(entry.facts, LOST);
    if (code === "session_owned") Object.assign(entry.facts, ACTIVE);
  }
}

/** The contract's own answers, whose shapes are tested elsewhere. */
function read({ status, body }: RawAnswer): Reply {
  const parsed = JSON.parse(body) as { code?: string };
  return { status, body: parsed, code: status >= 400 ? (parsed.code ?? null) : null };
}
