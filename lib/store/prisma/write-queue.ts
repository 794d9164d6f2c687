import type { SessionChange } from "@/lib/domain/events";
import { HoldfastError } from "@/lib/domain/errors";
import { isStorageError, toStorageError } from "./storage-errors";

/** Statements that carry out a run of operations of one kind, and how to read what they answered. */
export interface PreparedRun<Statement> {
  statements: Statement[];
  settle(rows: readonly unknown[]): { results: readonly unknown[]; changes: readonly SessionChange[] };
}

/**
 * One kind of write. Operations of a kind that arrive together are carried out by the same statements; `keysOf` names
 * what an operation touches, so that two that share a key keep their order (null: it may touch anything).
 */
export interface WriteKind<Operation, Result, Statement> {
  readonly name: string;
  /** Whether operations that share a key may share a run. */
  readonly folds: boolean;
  /** True for a kind that never adds to the session log, and comes so often that saying so pays. */
  readonly isSilent?: boolean;
  keysOf(operation: Operation): readonly string[] | null;
  /** How many rows an operation may touch; 1 unless it says otherwise. */
  weightOf?(operation: Operation): number;
  prepare(operations: readonly Operation[]): PreparedRun<Statement>;
  /** Never present: ties the result type to the kind. */
  readonly result?: Result;
}

interface Entry<Statement> {
  kind: WriteKind<unknown, unknown, Statement>;
  operation: unknown;
  resolve(result: unknown): void;
  reject(error: unknown): void;
  weight: number;
}

export interface WriteQueueOptions<Statement> {
  /** Carries out all statements in one transaction; resolves after its commit with one answer per statement. */
  commit: (statements: Statement[]) => Promise<unknown[]>;
  /** Runs a task once this turn of the event loop has gathered its writes. */
  defer?: (task: () => void) => void;
  /** Rows in one commit, and rows that may wait; an operation counts by its weight. */
  maxBatch?: number;
  maxPending?: number;
}

/**
 * FIFO group commit: what arrives while one commit is in progress shares the next, and every caller is answered only
 * after its commit. The sole writer of the database.
 */
export class WriteQueue<Statement> {
  readonly #commit: (statements: Statement[]) => Promise<unknown[]>;
  readonly #defer: (task: () => void) => void;
  readonly #maxBatch: number;
  readonly #maxPending: number;
  readonly #listeners: ((changes: readonly SessionChange[]) => void)[] = [];
  readonly #logListeners: (() => void)[] = [];
  #pending: Entry<Statement>[] = [];
  #pendingWeight = 0;
  #draining: Promise<void> | undefined;
  #isClosed = false;

  constructor({ commit, defer = setImmediate, maxBatch = 5_000, maxPending = 250_000 }: WriteQueueOptions<Statement>) {
    this.#commit = commit;
    this.#defer = defer;
    this.#maxBatch = maxBatch;
    this.#maxPending = maxPending;
  }

  /** Hears of every commit's changes before its callers are answered. */
  onCommit(listener: (changes: readonly SessionChange[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Hears of every commit that may have added to the log, before its callers are answered. */
  onLogged(listener: () => void): void {
    this.#logListeners.push(listener);
  }

  /** Rows that wait. */
  get waiting(): number {
    return this.#pendingWeight;
  }

  submit<Operation, Result>(kind: WriteKind<Operation, Result, Statement>, operation: Operation): Promise<Result> {
    if (this.#isClosed) return Promise.reject(new HoldfastError("shutting_down", "Holdfast is shutting down."));
    if (this.#pendingWeight >= this.#maxPending) {
      return Promise.reject(new HoldfastError("storage_busy", "Too many writes are waiting for the disk."));
    }
    return new Promise<Result>((resolve, reject) => {
      // The queue hands an operation only to its own kind, and a result only to its own caller.
      const weight = kind.weightOf?.(operation) ?? 1;
      this.#pending.push({ kind, operation, resolve, reject, weight });
      this.#pendingWeight += weight;
      this.#draining ??= new Promise((done) => {
        this.#defer(() => void this.#drain().then(done));
      });
    });
  }

  /** Refuses new writes and resolves once all earlier ones have been answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#pending.length > 0) {
      await this.#flush(this.#take());
      // A caller that writes page after page must not keep everybody else from being heard.
      if (this.#pending.length > 0) await this.#nextTurn();
    }
    this.#draining = undefined;
  }

  #nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      this.#defer(resolve);
    });
  }

  /** As many as make a batch, at least one. */
  #take(): Entry<Statement>[] {
    let weight = 0;
    const end = this.#pending.findIndex((entry) => (weight += entry.weight) >= this.#maxBatch);
    const taken = this.#pending.splice(0, end < 0 ? this.#pending.length : end + 1);
    this.#pendingWeight -= weight;
    return taken;
  }

  async #flush(entries: Entry<Statement>[]): Promise<void> {
    try {
      const runs = arrangeRuns(entries).map((members) => ({ members, prepared: prepareRun(members) }));
      const rows = await this.#commit(runs.flatMap(({ prepared }) => prepared.statements));
      this.#report(runs, rows);
    } catch (cause) {
      const error = toStorageError(cause);
      if (entries.length === 1 || isStorageError(error)) {
        for (const entry of entries) entry.reject(error);
        return;
      }
      // One operation poisoned the transaction: the others must not pay for it.
      for (const entry of entries) await this.#flush([entry]);
    }
  }

  /** Never throws: what has been committed must not be taken for failed and carried out again. */
  #report(runs: CommittedRun<Statement>[], rows: unknown[]): void {
    try {
      this.#answer(runs, rows);
    } catch (error) {
      for (const entry of runs.flatMap(({ members }) => members)) entry.reject(error);
    }
  }

  #answer(runs: CommittedRun<Statement>[], rows: unknown[]): void {
    let offset = 0;
    const answers: (() => void)[] = [];
    const changes: SessionChange[] = [];
    for (const { members, prepared } of runs) {
      const settled = prepared.settle(rows.slice(offset, offset + prepared.statements.length));
      offset += prepared.statements.length;
      for (const change of settled.changes) changes.push(change);
      members.forEach((entry, index) =>
        answers.push(() => {
          entry.resolve(settled.results[index]);
        }),
      );
    }
    if (changes.length > 0) for (const listener of this.#listeners) listener(changes);
    if (runs.some(mayHaveLogged)) for (const listener of this.#logListeners) listener();
    for (const answer of answers) answer();
  }
}

interface CommittedRun<Statement> {
  members: Entry<Statement>[];
  prepared: PreparedRun<Statement>;
}

function mayHaveLogged<Statement>({ members }: CommittedRun<Statement>): boolean {
  return members[0]?.kind.isSilent !== true;
}

function prepareRun<Statement>(members: Entry<Statement>[]): PreparedRun<Statement> {
  const [first] = members;
  if (!first) return { statements: [], settle: () => ({ results: [], changes: [] }) };
  return first.kind.prepare(members.map(({ operation }) => operation));
}

interface Run<Statement> {
  kind: Entry<Statement>["kind"];
  entries: Entry<Statement>[];
}

/** Groups entries by kind as far as that keeps the order of any two that touch the same thing. */
function arrangeRuns<Statement>(entries: Entry<Statement>[]): Entry<Statement>[][] {
  const runs: Run<Statement>[] = [];
  const lastRunOfKind = new Map<Entry<Statement>["kind"], number>();
  const lastRunOfKey = new Map<string, number>();
  let barrier = -1;
  for (const entry of entries) {
    const { kind, operation } = entry;
    const keys = kind.keysOf(operation);
    const candidate = keys === null ? -1 : (lastRunOfKind.get(kind) ?? -1);
    const mayFollow = (key: string): boolean => {
      const last = lastRunOfKey.get(key) ?? -1;
      return last < candidate || (last === candidate && kind.folds);
    };
    const canJoin = candidate > barrier && (keys ?? []).every(mayFollow);
    const run = canJoin ? candidate : runs.length;
    if (canJoin) runs[run]?.entries.push(entry);
    else runs.push({ kind, entries: [entry] });
    lastRunOfKind.set(kind, run);
    if (keys === null) barrier = run;
    else for (const key of keys) lastRunOfKey.set(key, run);
  }
  return runs.map((run) => run.entries);
}
