import { SteadyClock } from "@/lib/runtime/steady-clock";

const START = Date.UTC(2026, 0, 11, 12, 0, 0);

/** Time that stands still until a test moves it. */
export class FakeTime {
  #wall = START;
  #monotonic = 0;
  readonly clock = new SteadyClock({ wall: () => this.#wall, monotonic: () => this.#monotonic });

  /** Lets time pass. */
  advance(ms: number): void {
    this.#wall += ms;
    this.#monotonic += ms;
  }

  /** Sets the wall clock without time passing, as an administrator or a suspended machine does. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  now(): number {
    return this.clock.now();
  }
}
