import type { InstanceRecord } from "@/lib/domain/instance";
import type { OpenSessionCount } from "../../instance-store";
import type { Client } from "../connection";
import { INSTANCE_COLUMNS, INSTANCE_TABLES, type InstanceRow, readLatestBoot, toInstanceRecord } from "../instance-row";

export async function findInstance(client: Client, id: string): Promise<InstanceRecord | null> {
  const [row] = await readLatestBoot(client, id);
  return row ? toInstanceRecord(row) : null;
}

export async function findInstanceByPk(client: Client, pk: number): Promise<InstanceRecord | null> {
  const [row] = await client.$queryRaw<InstanceRow[]>`
    SELECT ${INSTANCE_COLUMNS} FROM ${INSTANCE_TABLES} WHERE i."pk" = ${pk}`;
  return row ? toInstanceRecord(row) : null;
}

export async function listInstances(
  client: Client,
  { endedAfter, limit }: { endedAfter: number; limit: number },
): Promise<InstanceRecord[]> {
  const rows = await client.$queryRaw<InstanceRow[]>`
    SELECT ${INSTANCE_COLUMNS} FROM ${INSTANCE_TABLES}
    WHERE i."leaseExpiresAt" IS NOT NULL OR i."endedAt" >= ${endedAfter}
    ORDER BY i."leaseExpiresAt" IS NULL, i."pk" DESC LIMIT ${limit}`;
  return rows.map(toInstanceRecord);
}

interface CountRow {
  server: string;
  instancePk: number | bigint | null;
  status: OpenSessionCount["status"];
  count: number | bigint;
}

/** Walks the open sessions only: they are the ones with a check ahead of them. */
export async function countOpenSessions(client: Client, now: number): Promise<OpenSessionCount[]> {
  const rows = await client.$queryRaw<CountRow[]>`
    SELECT v."name" AS "server", c."instancePk", c."status", c."count" FROM (
      SELECT s."serverId", a."instancePk", s."status", count(*) AS "count"
      FROM "Session" s CROSS JOIN "SessionActivity" a ON a."sessionPk" = s."pk"
      WHERE s."status" IN ('active', 'disconnected') AND a."deadlineAt" > ${now}
      GROUP BY 1, 2, 3
    ) c JOIN "Server" v ON v."id" = c."serverId"`;
  return rows.map(({ instancePk, count, ...row }) => ({
    ...row,
    instancePk: instancePk === null ? null : Number(instancePk),
    count: Number(count),
  }));
}
