import { isOpen } from "@/lib/domain/lifecycle";
import { SESSION_STATUSES, type SessionStatus } from "@/lib/domain/session";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import type { Strand } from "./walk-sessions";

/** More servers than this are not worth a walk each. */
const MAX_SERVERS = 8;

/** The strands by key that hold every session the terms can admit, disjoint; few rows in them when the terms allow. */
export function planByKey(client: Client, terms: readonly QueryTerm[]): Promise<Strand[]> {
  return plan(client, terms, recordedStatuses(terms));
}

/** The same for a walk that no change of status may hide a session from: it may meet one twice instead. */
export function planAgainstChanges(client: Client, terms: readonly QueryTerm[]): Promise<Strand[]> {
  return plan(client, terms, againstChanges(recordedStatuses(terms)));
}

/** Whoever is taken up again between the walks over the disconnected and the active ones is met before. */
export function againstChanges(statuses: readonly SessionStatus[]): readonly SessionStatus[] {
  return statuses.includes("active") && statuses.includes("disconnected") ? ["disconnected", ...statuses] : statuses;
}

async function plan(
  client: Client,
  terms: readonly QueryTerm[],
  statuses: readonly SessionStatus[],
): Promise<Strand[]> {
  if (statuses.every(isOpen)) return statuses.map(ofStatus);
  const servers = await findServers(client, terms);
  if (servers !== null && servers.length <= MAX_SERVERS) return servers.map(ofServer);
  return new Set(statuses).size < SESSION_STATUSES.length ? statuses.map(ofStatus) : [{ key: "pk" }];
}

/** The statuses on record under which a session that the terms admit can be found. */
export function recordedStatuses(terms: readonly QueryTerm[]): SessionStatus[] {
  return SESSION_STATUSES.filter((recorded) => terms.every((term) => canAdmit(term, recorded)));
}

function canAdmit(term: QueryTerm, recorded: SessionStatus): boolean {
  if (term.isNot) return true;
  if (term.field === "health") return recorded === "active";
  if (term.field !== "status") return true;
  // An open session may have expired without that being on record.
  return term.values.includes(recorded) || (isOpen(recorded) && term.values.includes("expired"));
}

export function ofStatus(status: SessionStatus): Strand {
  return { key: "pk", within: Prisma.sql`s."status" = ${status}` };
}

function ofServer(id: number): Strand {
  return { key: "pk", within: Prisma.sql`s."serverId" = ${id}` };
}

/** Null when the terms name no server. */
async function findServers(client: Client, terms: readonly QueryTerm[]): Promise<number[] | null> {
  const named = terms.flatMap((term) =>
    term.field === "server" && !term.isNot && term.values.every((pattern) => pattern.length === 1)
      ? [term.values.map(([name]) => name ?? "")]
      : [],
  );
  const [names] = named;
  if (!names) return null;
  const rows = await client.server.findMany({ where: { name: { in: names } }, select: { id: true } });
  return rows.map(({ id }) => id);
}
