import type { LogEntry } from "@/lib/domain/events";
import type { Seat } from "./seat";

/** Which sessions viewers have on screen, and which of those were active since somebody looked. */
export class WatchList {
  readonly #watchers = new Map<string, Set<Seat>>();
  readonly #pkOf = new Map<string, number>();
  readonly #idOf = new Map<number, string>();
  readonly #unknown = new Set<string>();
  readonly #active = new Set<number>();

  set(seat: Seat, ids: Iterable<string>): void {
    const next = new Set(ids);
    for (const id of seat.watch) if (!next.has(id)) this.#unwatch(seat, id);
    for (const id of next) if (!seat.watch.has(id)) this.#watch(seat, id);
    seat.watch = next;
  }

  watchers(id: string): Iterable<Seat> {
    return this.#watchers.get(id) ?? [];
  }

  /** Watched ids whose row nobody has looked for yet. */
  takeUnknown(): string[] {
    const ids = [...this.#unknown];
    this.#unknown.clear();
    return ids;
  }

  /** What the row of a session is; whoever watches it is told of it once. */
  learn(id: string, pk: number): void {
    if (!this.#watchers.has(id)) return;
    this.#forget(id);
    this.#pkOf.set(id, pk);
    this.#idOf.set(pk, id);
    this.#active.add(pk);
  }

  /** A watched id may come to life, or come back as another session. */
  hearOf({ type, sessionId, pk }: LogEntry): void {
    if (type === "created") this.learn(sessionId, pk);
  }

  touch(pk: number): void {
    if (this.#idOf.has(pk)) this.#active.add(pk);
  }

  /** What was taken could not be told. */
  takeBack(unknown: readonly string[], active: readonly number[]): void {
    for (const id of unknown) if (this.#watchers.has(id)) this.#unknown.add(id);
    for (const pk of active) this.touch(pk);
  }

  takeActive(): number[] {
    const pks = [...this.#active];
    this.#active.clear();
    return pks;
  }

  #watch(seat: Seat, id: string): void {
    const watchers = this.#watchers.get(id);
    if (watchers) watchers.add(seat);
    else {
      this.#watchers.set(id, new Set([seat]));
      this.#unknown.add(id);
    }
    const pk = this.#pkOf.get(id);
    if (pk !== undefined) this.#active.add(pk);
  }

  #unwatch(seat: Seat, id: string): void {
    const watchers = this.#watchers.get(id);
    watchers?.delete(seat);
    if (watchers?.size !== 0) return;
    this.#watchers.delete(id);
    this.#unknown.delete(id);
    this.#forget(id);
  }

  #forget(id: string): void {
    const pk = this.#pkOf.get(id);
    if (pk === undefined) return;
    this.#pkOf.delete(id);
    this.#idOf.delete(pk);
    this.#active.delete(pk);
  }
}
