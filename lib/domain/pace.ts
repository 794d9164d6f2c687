/** A rate that is kept from one look to the next. Times are epoch milliseconds. */
export interface Pace {
  readonly perSecond: number;
  /** How many may go at `at`; a fraction is on its way to one. */
  readonly allowance: number;
  readonly at: number;
}

/** Time that was missed is made up for as far as this: a process that was held up must not rush afterwards. */
const CATCH_UP_MS = 250;

/** The first may go at once. */
export function startPace(perSecond: number, now: number): Pace {
  return { perSecond, allowance: 1, at: now };
}

/** Takes as many as may go at `now`, up to `wanted`. */
export function takePace(pace: Pace, now: number, wanted: number): { count: number; pace: Pace } {
  const { perSecond } = pace;
  // A clock that was set back grants nothing, and goes on from there.
  const elapsedMs = Math.max(0, now - pace.at);
  const most = Math.max(1, (perSecond * CATCH_UP_MS) / 1_000);
  const allowance = Math.min(most, pace.allowance + (elapsedMs * perSecond) / 1_000);
  // What adds up to a whole one must not fall short of it by a rounding error.
  const count = Math.min(wanted, Math.floor(allowance + 1e-9));
  return { count, pace: { perSecond, allowance: allowance - count, at: now } };
}

/** Milliseconds from the last look until the next one may go. */
export function msUntilNext({ perSecond, allowance }: Pace): number {
  return Math.max(0, Math.ceil(((1 - allowance) * 1_000) / perSecond));
}
