import type { Client } from "../connection";
import type { AddressedCommand, SessionOwner } from "../open-commands";

interface OwnerRow {
  id: string;
  server: string;
  instanceId: string | null;
}

/** Whose the named sessions are; unknown ids are absent. */
export async function readOwners(client: Client, sessionIds: readonly string[]): Promise<Map<string, SessionOwner>> {
  const rows = await client.$queryRaw<OwnerRow[]>`
    SELECT s."id", v."name" AS "server", s."instanceId"
    FROM json_each(${JSON.stringify(sessionIds)}) j JOIN "Session" s ON s."id" = j.value
    JOIN "Server" v ON v."id" = s."serverId"`;
  return new Map(rows.map(({ id, server, instanceId }) => [id, { server, instanceId }]));
}

/** Every command that has not been acknowledged, oldest first. */
export async function readUnacknowledged(client: Client): Promise<AddressedCommand[]> {
  const rows = await client.command.findMany({
    where: { acknowledgedAt: null },
    orderBy: { createdAt: "asc" },
    include: { session: { select: { id: true, server: { select: { name: true } } } } },
  });
  return rows.map(({ id, session, instanceId, reason, createdAt }) => ({
    id,
    type: "terminate",
    sessionId: session.id,
    reason,
    owner: { server: session.server.name, instanceId },
    createdAt: Number(createdAt),
  }));
}
