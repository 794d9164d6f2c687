export interface Arrivals {
  /** Sessions of the first page that the list does not show yet. */
  count: number;
  /** Whether there may be more of them than the first page holds. */
  isMore: boolean;
  /** Whether those that are shown have changed places. */
  isReordered: boolean;
}

/** What has changed at the top of a list since it was read: shown only when asked for. */
export function prepareArrivals(listed: readonly string[], head: readonly string[]): Arrivals {
  const placeOf = new Map(listed.map((id, index) => [id, index]));
  const places = head.flatMap((id) => placeOf.get(id) ?? []);
  const count = head.length - places.length;
  return {
    count,
    isMore: count > 0 && count === head.length && listed.length > 0,
    isReordered: places.some((place, index) => place < (places[index - 1] ?? 0)),
  };
}

/** `12 new`, `100+ new`, `Order has changed`; null when there is nothing to say. */
export function describeArrivals({ count, isMore, isReordered }: Arrivals): string | null {
  if (count > 0) return `${String(count)}${isMore ? "+" : ""} new`;
  return isReordered ? "Order has changed" : null;
}
