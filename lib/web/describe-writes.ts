import { formatCount, pluralize } from "./format-number";
import type { WritesEntry } from "./prepare-timeline";

/** `State written 12 times, versions 3–14`; `14 messages appended in 5 writes` */
export function describeWrites({ writes, versions, messageCount }: WritesEntry): string {
  if (versions) {
    const [from, to] = versions;
    if (writes === 1) return `State written, version ${formatCount(to)}`;
    return `State written ${formatCount(writes)} times, versions ${formatCount(from)}–${formatCount(to)}`;
  }
  const messages = `${pluralize(messageCount ?? 0, "message")} appended`;
  return writes === 1 ? messages : `${messages} in ${formatCount(writes)} writes`;
}
