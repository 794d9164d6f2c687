import { isOpen } from "@/lib/domain/lifecycle";
import type { ListedSession, ListQuery } from "../../session-list-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { SESSION_TABLES } from "../session-row";
import { findSessionsByPk } from "./find-sessions";
import { againstChanges, ofStatus, recordedStatuses } from "./plan-walk";
import { allOf, filterConditions } from "./session-conditions";
import { directionOf, laterSign, type Strand, walkSessions } from "./walk-sessions";

/** Clocks of requests that were under way together may differ by this much. */
const SLACK_MS = 60_000;

interface Found {
  pk: number;
  lastActivityAt: number;
}

/**
 * Sessions by last activity, for which there is no index, because heartbeats would have to keep it. A session's last activity
 * lies between its beginning and its end, and those are in order: the open ones are read all, and the ended ones latest end
 * first until what remains ended before the last activity that is good enough. Ascending the same from the beginnings.
 */
export async function listByActivity(client: Client, query: ListQuery): Promise<ListedSession[]> {
  let best: readonly Found[] = [];
  const collect = async (strand: Strand, stops?: Collection["stops"]) => {
    best = await collectBest(client, query, { best, strand, stops });
  };
  const statuses = recordedStatuses(query.terms);
  if (query.order === "desc" || statuses.every(isOpen)) {
    for (const status of againstChanges(statuses.filter(isOpen))) await collect(ofStatus(status));
    if (!statuses.every(isOpen)) await collect(ENDED, endsTooEarly);
  } else {
    await collect({ key: "pk" }, beginsTooLate(client));
  }
  const positions = new Map(best.map(({ pk, lastActivityAt }) => [pk, lastActivityAt]));
  const sessions = await findSessionsByPk(client, [...positions.keys()]);
  return sessions.map((session) => ({ session, sortValue: positions.get(session.pk) ?? null }));
}

const ENDED: Strand = { key: "endedAt" };

interface Collection {
  /** The best so far, in order, at most as many as are wanted. */
  best: readonly Found[];
  strand: Strand;
  /** Whether nothing after a position of the walk can be better than this. */
  stops: ((end: { value: number; pk: number }, last: Found) => boolean | Promise<boolean>) | undefined;
}

async function collectBest(
  client: Client,
  query: ListQuery,
  { best, strand, stops }: Collection,
): Promise<readonly Found[]> {
  const sign = query.order === "asc" ? 1 : -1;
  let found = best;
  for await (const { condition, end } of walkSessions(client, { strand, order: query.order, after: null })) {
    const window = await readWindow(client, query, { condition, strand });
    // One that changed its status or was used meanwhile is met twice: it must not take the place of another.
    const byPk = new Map([...found, ...window].map((session) => [session.pk, session]));
    found = [...byPk.values()]
      .sort((a, b) => sign * (a.lastActivityAt - b.lastActivityAt || a.pk - b.pk))
      .slice(0, query.limit);
    const last = found.at(-1);
    if (end && last && found.length === query.limit && (await stops?.(end, last))) break;
  }
  return found;
}

function endsTooEarly(end: { value: number }, last: Found): boolean {
  return end.value + SLACK_MS < last.lastActivityAt;
}

function beginsTooLate(client: Client) {
  return async (end: { pk: number }, last: Found): Promise<boolean> => {
    const row = await client.session.findUnique({ where: { pk: end.pk }, select: { createdAt: true } });
    return row !== null && Number(row.createdAt) - SLACK_MS > last.lastActivityAt;
  };
}

async function readWindow(
  client: Client,
  query: ListQuery,
  { condition, strand }: { condition: Prisma.Sql; strand: Strand },
): Promise<Found[]> {
  const { order, after, limit } = query;
  const direction = directionOf(order);
  const sign = laterSign(order);
  const isAfter = after
    ? Prisma.sql`(a."lastActivityAt", s."pk") ${sign} (${after.value}, ${after.pk})`
    : Prisma.sql`1 = 1`;
  // Disconnected sessions have an end on record too, and are found among the open ones.
  const isEnded =
    strand.key === "endedAt" ? Prisma.sql`+s."status" NOT IN ('active', 'disconnected')` : Prisma.sql`1 = 1`;
  const rows = await client.$queryRaw<{ pk: number | bigint; lastActivityAt: number | bigint }[]>`
    SELECT s."pk", a."lastActivityAt" FROM ${SESSION_TABLES}
    WHERE ${condition} AND ${isEnded} AND ${isAfter} AND ${allOf(filterConditions(query))}
    ORDER BY a."lastActivityAt" ${direction}, s."pk" ${direction} LIMIT ${limit}`;
  return rows.map(({ pk, lastActivityAt }) => ({ pk: Number(pk), lastActivityAt: Number(lastActivityAt) }));
}
