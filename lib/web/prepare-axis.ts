const STEPS_WANTED = 4;

/** Round tick values from `min` to `max`, zero among them; whole numbers, for they count sessions. */
export function prepareAxis(min: number, max: number): number[] {
  const step = roundStep((max - min) / STEPS_WANTED);
  const first = Math.floor(min / step);
  const last = Math.max(Math.ceil(max / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** The smallest of 1, 2, 5, 10, 20, 50 … that is not below the step asked for. */
function roundStep(atLeast: number): number {
  const magnitude = 10 ** Math.max(0, Math.floor(Math.log10(atLeast)));
  const factor = [1, 2, 5, 10].find((candidate) => candidate * magnitude >= atLeast) ?? 10;
  return factor * magnitude;
}
