export interface Arrivals {
  /** Sessions of the page that the list does not show yet. */
  count: number;
  /** Whether there may be more of them than the page holds. */
  isMore: boolean;
  /** Whether those that are shown have changed places. */
  isReordered: boolean;
  /** Sessions on the list that the query no longer finds. */
  gone: number;
}

/** A page of the list as the registry would answer it now. */
export interface PageNow {
  ids: readonly string[];
  isFirst: boolean;
  isLast: boolean;
}

/** What has changed since a list was read, as far as one of its pages tells: shown only when asked for. */
export function prepareArrivals(listed: readonly string[], { ids, isFirst, isLast }: PageNow): Arrivals {
  const placeOf = new Map(listed.map((id, index) => [id, index]));
  const places = ids.flatMap((id) => placeOf.get(id) ?? []);
  const count = ids.length - places.length;
  const isReordered = places.some((place, index) => place < (places[index - 1] ?? 0));
  // What lies between two rows of the page, or at an open end of it, and is not on it.
  const from = isFirst ? 0 : (places[0] ?? listed.length);
  const to = isLast ? listed.length : (places.at(-1) ?? from - 1) + 1;
  return {
    count,
    isMore: count > 0 && count === ids.length && listed.length > 0,
    isReordered,
    gone: isReordered ? 0 : Math.max(0, to - from - places.length),
  };
}

/** `12 new`, `100+ new, 3 no longer match`, `Order has changed`; null when there is nothing to say. */
export function describeArrivals({ count, isMore, isReordered, gone }: Arrivals): string | null {
  const news = [
    ...(count > 0 ? [`${String(count)}${isMore ? "+" : ""} new`] : []),
    ...(gone > 0 ? [`${String(gone)} no longer ${gone === 1 ? "matches" : "match"}`] : []),
  ];
  if (news.length > 0) return news.join(", ");
  return isReordered ? "Order has changed" : null;
}
