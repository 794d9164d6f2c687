import type { SessionHealth } from "../health";
import { KEPT_MINUTES } from "./minute-series";

export type AgeDistribution = Record<SessionHealth, number>;

/** How old the active sessions were at the end of each minute. Ages of the past are on no record: a gap where nobody looked. */
export class AgeSamples {
  readonly #samples = new Map<number, AgeDistribution>();

  add(minute: number, { healthy, aging, stale }: Readonly<AgeDistribution>): void {
    this.#samples.set(minute, { healthy, aging, stale });
  }

  /** The latest sample of the minutes from `first` to `last`; null without one. */
  latest(first: number, last: number): AgeDistribution | null {
    for (let minute = last; minute >= first; minute -= 1) {
      const sample = this.#samples.get(minute);
      if (sample) return { ...sample };
    }
    return null;
  }

  dropBefore(minute: number): void {
    for (const key of this.#samples.keys()) if (key < minute - KEPT_MINUTES) this.#samples.delete(key);
  }
}
