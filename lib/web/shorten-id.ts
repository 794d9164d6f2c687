const HEAD = 8;
const LONGEST = 13;
/** Of ids that begin with words: those often have them in common, and differ at the end. */
const ENDS = 5;

/** As much of a session id as tells sessions apart at a glance; short ids stay whole. */
export function shortenId(id: string): string {
  if (id.length <= LONGEST) return id;
  const head = id.slice(0, HEAD);
  return /\d/.test(head) ? `${head}…` : `${id.slice(0, ENDS)}…${id.slice(-ENDS)}`;
}
