import type { ErrorCode } from "./errors";
import { msUntilNext, type Pace, startPace, takePace } from "./pace";

export const TERMINATION_STATES = ["planned", "expired", "running", "finished", "cancelled"] as const;
export type TerminationState = (typeof TERMINATION_STATES)[number];

/** What became of one session of the set. Skipped: it had ended before its turn came. */
export const TERMINATION_OUTCOMES = ["queued", "ended", "skipped", "failed"] as const;
export type TerminationOutcome = (typeof TERMINATION_OUTCOMES)[number];

/** Who stopped it before it was through: an operator, the process's own end, or too many failures in a row. */
export const TERMINATION_STOPS = ["operator", "shutdown", "failures"] as const;
export type TerminationStop = (typeof TERMINATION_STOPS)[number];

export interface TerminationTarget {
  readonly id: string;
  readonly server: string;
}

export interface TerminationOrder {
  id: string;
  targets: readonly TerminationTarget[];
  reason: string | null;
  perSecond: number;
  now: number;
  /** For how long it may be started. */
  ttlMs: number;
}

/** After so many in a row the rest would fail as well: the sessions are left as they are. */
const MAX_FAILURES_IN_A_ROW = 20;

/**
 * The termination of a set of sessions that was settled before it began: planned → running → finished or cancelled. It
 * decides who is next and when, and keeps account; it ends nothing itself. Times are epoch milliseconds.
 */
export class TerminationJob {
  readonly id: string;
  readonly targets: readonly TerminationTarget[];
  readonly reason: string | null;
  readonly perSecond: number;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly #outcomes: Uint8Array;
  readonly #failures = new Map<number, ErrorCode>();
  readonly #acknowledged = new Set<number>();
  readonly #counts: Record<TerminationOutcome, number>;
  #indexOf: Map<string, number> | null = null;
  #state: Exclude<TerminationState, "expired"> = "planned";
  #stoppedBy: TerminationStop | null = null;
  #startedAt: number | null = null;
  #endedAt: number | null = null;
  #pace: Pace;
  #next = 0;
  #failuresInARow = 0;

  constructor({ id, targets, reason, perSecond, now, ttlMs }: TerminationOrder) {
    this.id = id;
    this.targets = targets;
    this.reason = reason;
    this.perSecond = perSecond;
    this.createdAt = now;
    this.expiresAt = now + ttlMs;
    this.#outcomes = new Uint8Array(targets.length);
    this.#counts = { queued: targets.length, ended: 0, skipped: 0, failed: 0 };
    this.#pace = startPace(perSecond, now);
  }

  get stoppedBy(): TerminationStop | null {
    return this.#stoppedBy;
  }
  get startedAt(): number | null {
    return this.#startedAt;
  }
  get endedAt(): number | null {
    return this.#endedAt;
  }
  get isRunning(): boolean {
    return this.#state === "running";
  }
  get counts(): Readonly<Record<TerminationOutcome, number>> {
    return this.#counts;
  }
  /** Of those ended, how many their MCP servers have dropped, as far as they said so. */
  get acknowledged(): number {
    return this.#acknowledged.size;
  }

  /** A plan that nobody started in time has expired. */
  stateAt(now: number): TerminationState {
    return this.#state === "planned" && now >= this.expiresAt ? "expired" : this.#state;
  }

  /** Does nothing unless it is planned. */
  start(now: number): void {
    if (this.stateAt(now) !== "planned") return;
    this.#state = "running";
    this.#startedAt = now;
    this.#pace = startPace(this.perSecond, now);
    this.#finishIfSettled(now);
  }

  /** Leaves what is still queued as it is. Does nothing once it is over. */
  stop(by: TerminationStop, now: number): void {
    if (this.#state !== "planned" && this.#state !== "running") return;
    this.#state = "cancelled";
    this.#stoppedBy = by;
    this.#endedAt = now;
  }

  /** Positions of those whose turn it is; each has to be settled. */
  takeDue(now: number): number[] {
    if (!this.isRunning) return [];
    const first = this.#next;
    const { count, pace } = takePace(this.#pace, now, this.targets.length - first);
    this.#pace = pace;
    this.#next += count;
    return Array.from({ length: count }, (_, offset) => first + offset);
  }

  /** Milliseconds until it is worth looking for the next ones; null when there are none. */
  msUntilDue(): number | null {
    return this.isRunning && this.#next < this.targets.length ? msUntilNext(this.#pace) : null;
  }

  /** Notes what became of a session whose turn it was; a failure says why. */
  settle(
    index: number,
    result: { outcome: "ended" | "skipped" } | { outcome: "failed"; code: ErrorCode },
    now: number,
  ) {
    this.#outcomes[index] = TERMINATION_OUTCOMES.indexOf(result.outcome);
    this.#counts.queued -= 1;
    this.#counts[result.outcome] += 1;
    if (result.outcome === "failed") this.#failures.set(index, result.code);
    this.#failuresInARow = result.outcome === "failed" ? this.#failuresInARow + 1 : 0;
    if (this.#failuresInARow >= MAX_FAILURES_IN_A_ROW && this.#counts.queued > 0) this.stop("failures", now);
    this.#finishIfSettled(now);
  }

  outcomeAt(index: number): TerminationOutcome {
    return TERMINATION_OUTCOMES[this.#outcomes[index] ?? 0] ?? "queued";
  }

  /** Why the end of a session failed. */
  failureAt(index: number): ErrorCode | null {
    return this.#failures.get(index) ?? null;
  }

  /** Notes that a session's MCP server has dropped it; others than its own are ignored. */
  acknowledge(sessionId: string): void {
    this.#indexOf ??= new Map(this.targets.map(({ id }, index) => [id, index]));
    const index = this.#indexOf.get(sessionId);
    if (index !== undefined && this.outcomeAt(index) === "ended") this.#acknowledged.add(index);
  }

  /** Milliseconds until it is through at the pace it has kept so far; null unless it is running. */
  etaMs(now: number): number | null {
    if (!this.isRunning || this.#startedAt === null) return null;
    const settled = this.targets.length - this.#counts.queued;
    const elapsedMs = now - this.#startedAt;
    const msEach = Math.max(1_000 / this.perSecond, elapsedMs > 2_000 && settled > 0 ? elapsedMs / settled : 0);
    return Math.ceil(this.#counts.queued * msEach);
  }

  #finishIfSettled(now: number): void {
    if (!this.isRunning || this.#counts.queued > 0) return;
    this.#state = "finished";
    this.#endedAt = now;
  }
}
