/** Works on all items, at most `limit` at a time; the first failure stops the rest. Results are in the items' order. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results = new Array<R>(items.length);
  const queue = items.entries();
  let isStopped = false;
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (isStopped) return;
      results[index] = await work(item, index);
    }
  };
  const workers = Array.from({ length: Math.min(limit, items.length) }, () =>
    worker().catch((error: unknown) => {
      isStopped = true;
      throw error;
    }),
  );
  // Nothing is left running behind the caller's back, also when one of them has failed.
  const settled = await Promise.allSettled(workers);
  for (const outcome of settled) if (outcome.status === "rejected") throw outcome.reason;
  return results;
}
