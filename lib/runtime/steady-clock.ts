import type { Clock } from "@/lib/services/context";

/** Wall and monotonic time may drift apart by this much before it counts as a jump: slewing stays far below. */
const JUMP_MS = 2_000;

export interface TimeSources {
  /** Epoch milliseconds, may jump. */
  wall(): number;
  /** Milliseconds that never jump. */
  monotonic(): number;
}

const SYSTEM_TIME: TimeSources = { wall: () => Date.now(), monotonic: () => performance.now() };

/**
 * Epoch milliseconds that never run backwards and never leap: small drift of the wall clock is followed, a jump is held
 * back until somebody has looked after the deadlines it would skip and adopts it.
 */
export class SteadyClock implements Clock {
  readonly #sources: TimeSources;
  #offset: number;
  #latest = 0;

  constructor(sources: TimeSources = SYSTEM_TIME) {
    this.#sources = sources;
    this.#offset = sources.wall() - sources.monotonic();
  }

  now(): number {
    if (this.#pendingDrift() === null) this.#follow();
    const now = Math.floor(this.#sources.monotonic() + this.#offset);
    this.#latest = Math.max(this.#latest, now);
    return this.#latest;
  }

  /** The jump that waits to be adopted, in milliseconds (negative: backwards); null when there is none. */
  pendingJump(): number | null {
    return this.#pendingDrift();
  }

  adoptJump(): void {
    this.#follow();
    // After a jump backwards time has to run backwards once.
    this.#latest = 0;
  }

  #follow(): void {
    this.#offset = this.#sources.wall() - this.#sources.monotonic();
  }

  #pendingDrift(): number | null {
    const drift = this.#sources.wall() - this.#sources.monotonic() - this.#offset;
    return Math.abs(drift) > JUMP_MS ? Math.round(drift) : null;
  }
}
