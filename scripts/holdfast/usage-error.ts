/** A mistake in how the program was called. */
export class UsageError extends Error {}

/** `There is no check "lifecicle". Did you mean lifecycle?` */
export function unknownWord(what: string, word: string, known: readonly string[]): string {
  const [nearest] = known
    .map((candidate) => ({ candidate, distance: editDistance(word, candidate) }))
    .sort((a, b) => a.distance - b.distance);
  const hint =
    nearest && nearest.distance <= Math.ceil(nearest.candidate.length / 3)
      ? `Did you mean ${nearest.candidate}?`
      : `Choose one of: ${known.join(", ")}.`;
  return `There is no ${what} "${word}". ${hint}`;
}

/** How many letters have to be added, removed or replaced to make one of the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of a.split("").entries()) {
    const next = [i + 1];
    for (const [j, other] of b.split("").entries()) {
      const [left = 0, above = 0, diagonal = 0] = [next[j], row[j + 1], row[j]];
      next.push(Math.min(left + 1, above + 1, diagonal + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
