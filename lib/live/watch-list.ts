import type { LogEntry } from "@/lib/domain/events";
import type { Seat, WatchGroup } from "./seat";

/** Which sessions viewers have on screen, and which of those were active since somebody looked. */
export class WatchList {
  readonly #groups = new Map<string, WatchGroup>();
  readonly #groupsOf = new Map<string, Set<WatchGroup>>();
  readonly #pkOf = new Map<string, number>();
  readonly #idOf = new Map<number, string>();
  readonly #unknown = new Set<string>();
  readonly #active = new Set<number>();

  set(seat: Seat, ids: Iterable<string>): void {
    const former = seat.watched;
    const next = this.#groupFor(new Set(ids));
    if (next === former) return;
    next?.seats.add(seat);
    seat.watched = next;
    // Those it has not been told of yet.
    for (const id of next?.ids ?? []) if (former?.ids.has(id) !== true) this.#tellOnce(id);
    former?.seats.delete(seat);
    if (former?.seats.size === 0) this.#dissolve(former);
  }

  groupsOf(id: string): Iterable<WatchGroup> {
    return this.#groupsOf.get(id) ?? [];
  }

  /** Watched ids whose row nobody has looked for yet. */
  takeUnknown(): string[] {
    const ids = [...this.#unknown];
    this.#unknown.clear();
    return ids;
  }

  /** What the row of a session is; whoever watches it is told of it once. */
  learn(id: string, pk: number): void {
    if (!this.#groupsOf.has(id)) return;
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
    for (const id of unknown) if (this.#groupsOf.has(id)) this.#unknown.add(id);
    for (const pk of active) this.touch(pk);
  }

  takeActive(): number[] {
    const pks = [...this.#active];
    this.#active.clear();
    return pks;
  }

  #groupFor(ids: ReadonlySet<string>): WatchGroup | null {
    if (ids.size === 0) return null;
    const key = keyOf(ids);
    const known = this.#groups.get(key);
    if (known) return known;
    const group: WatchGroup = { ids, seats: new Set() };
    this.#groups.set(key, group);
    for (const id of ids) {
      const groups = this.#groupsOf.get(id) ?? new Set();
      this.#groupsOf.set(id, groups);
      groups.add(group);
      if (groups.size === 1) this.#unknown.add(id);
    }
    return group;
  }

  #dissolve(group: WatchGroup): void {
    this.#groups.delete(keyOf(group.ids));
    for (const id of group.ids) {
      const groups = this.#groupsOf.get(id);
      groups?.delete(group);
      if (groups?.size !== 0) continue;
      this.#groupsOf.delete(id);
      this.#unknown.delete(id);
      this.#forget(id);
    }
  }

  #tellOnce(id: string): void {
    const pk = this.#pkOf.get(id);
    if (pk !== undefined) this.#active.add(pk);
  }

  #forget(id: string): void {
    const pk = this.#pkOf.get(id);
    if (pk === undefined) return;
    this.#pkOf.delete(id);
    this.#idOf.delete(pk);
    this.#active.delete(pk);
  }
}

function keyOf(ids: ReadonlySet<string>): string {
  return JSON.stringify([...ids].sort());
}
