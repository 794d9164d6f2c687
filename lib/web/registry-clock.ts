/** What an HTTP date, which knows whole seconds only, cannot tell apart from an answer under way. */
const UNCERTAINTY_MS = 2_000;

const listeners = new Set<() => void>();
let offsetMs = 0;

/** Takes note of how far the browser's clock is from the registry's, by the date of an answer. */
export function noteRegistryTime(date: string | null, now: number): void {
  const registryTime = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(registryTime)) return;
  const measured = registryTime + 500 - now;
  const next = Math.abs(measured) <= UNCERTAINTY_MS ? 0 : measured;
  // Every measurement is off by as much: countdowns must not jump back and forth with them.
  const isSame = next === offsetMs || (next !== 0 && Math.abs(next - offsetMs) <= UNCERTAINTY_MS);
  if (isSame) return;
  offsetMs = next;
  for (const listener of listeners) listener();
}

/** The registry's time right now, in epoch milliseconds. */
export function registryNow(): number {
  return Date.now() + offsetMs;
}

/** How much the registry's clock is ahead of the browser's, milliseconds. */
export function registryOffset(): number {
  return offsetMs;
}

/** Calls back whenever the offset changes, until the function it answers is called. */
export function watchRegistryOffset(onChange: () => void): () => void {
  listeners.add(onChange);
  return () => {
    listeners.delete(onChange);
  };
}
