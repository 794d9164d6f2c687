const HEAD = 8;
const LONGEST = 13;

/** The beginning of a session id, enough to tell sessions apart at a glance; short ids stay whole. */
export function shortenId(id: string): string {
  return id.length <= LONGEST ? id : `${id.slice(0, HEAD)}…`;
}
