const BIN_MS = 1_000;

/** Keys by the second in which they have to be looked at: what is due is found without looking at the rest. */
export class CheckWheel {
  readonly #bins = new Map<number, Set<number>>();
  #firstBin = Number.POSITIVE_INFINITY;

  add(key: number, at: number): void {
    const bin = Math.floor(at / BIN_MS);
    const members = this.#bins.get(bin);
    if (members) members.add(key);
    else this.#bins.set(bin, new Set([key]));
    this.#firstBin = Math.min(this.#firstBin, bin);
  }

  /** `at` is what the key was added with. */
  remove(key: number, at: number): void {
    const bin = Math.floor(at / BIN_MS);
    const members = this.#bins.get(bin);
    if (members?.delete(key) && members.size === 0) this.#bins.delete(bin);
  }

  /** Keys of every second up to that of `now`; some of its own second may be due a little later. They stay. */
  upTo(now: number): number[] {
    const lastBin = Math.floor(now / BIN_MS);
    if (lastBin < this.#firstBin) return [];
    const keys: number[] = [];
    for (const bin of this.#binsUpTo(lastBin)) for (const key of this.#bins.get(bin) ?? []) keys.push(key);
    this.#firstBin = lastBin;
    return keys;
  }

  #binsUpTo(lastBin: number): number[] {
    // After a long silence there are fewer bins than seconds to walk.
    if (lastBin - this.#firstBin > this.#bins.size) {
      return [...this.#bins.keys()].filter((bin) => bin <= lastBin).sort((a, b) => a - b);
    }
    const due: number[] = [];
    for (let bin = this.#firstBin; bin <= lastBin; bin += 1) if (this.#bins.has(bin)) due.push(bin);
    return due;
  }
}
