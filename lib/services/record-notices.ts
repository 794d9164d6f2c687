import type { ServiceContext } from "./context";

const NOTICES_PER_WRITE = 1_000;
/** A wave of them must not keep the sweep from being on time; the rest has its moment written down and can wait. */
const WRITES_AT_ONCE = 10;

/** Writes down what the figures noticed until now, oldest first, as far as that goes quickly. Answers how many. */
export async function recordNotices(ctx: ServiceContext, mostWrites = WRITES_AT_ONCE): Promise<number> {
  const { store, health, clock, log } = ctx;
  let recorded = 0;
  for (let write = 0; write < mostWrites; write += 1) {
    const notices = health.noticesAt(clock.now(), NOTICES_PER_WRITE);
    if (notices.length === 0) break;
    await store.recordNotices(notices);
    health.dropNotices(notices.length);
    recorded += notices.length;
  }
  const lost = health.takeLostNotices();
  if (lost > 0) log.warn({ lost }, "too many health changes to remember; they are missing from their timelines");
  return recorded;
}
