import type { InstanceRecord, InstanceStatus } from "@/lib/domain/instance";
import type { Client } from "./connection";
import { Prisma } from "./generated/client";

type Integer = number | bigint;

/** One row of `INSTANCE_COLUMNS`, as the driver answers it. */
export interface InstanceRow {
  pk: Integer;
  id: string;
  bootId: string;
  server: string;
  serverVersion: string | null;
  host: string | null;
  pid: Integer | null;
  sdk: string | null;
  protocolVersions: string;
  startedAt: Integer;
  registeredAt: Integer;
  leaseMs: Integer;
  lastHeartbeatAt: Integer;
  leaseExpiresAt: Integer | null;
  status: string;
  endedAt: Integer | null;
  drainingSince: Integer | null;
  drainDeadlineAt: Integer | null;
}

/** Instances `i` with their server `v`. */
export const INSTANCE_COLUMNS = Prisma.sql`
  i."pk", i."id", i."bootId", v."name" AS "server", i."serverVersion", i."host", i."pid", i."sdk", i."protocolVersions",
  i."startedAt", i."registeredAt", i."leaseMs", i."lastHeartbeatAt", i."leaseExpiresAt", i."status", i."endedAt",
  i."drainingSince", i."drainDeadlineAt"`;

export const INSTANCE_TABLES = Prisma.sql`"Instance" i JOIN "Server" v ON v."id" = i."serverId"`;

const numberOrNull = (value: Integer | null): number | null => (value === null ? null : Number(value));

/** The columns hold what the contract admitted, so their closed sets and JSON are trusted here. */
export function toInstanceRecord(row: InstanceRow): InstanceRecord {
  return {
    pk: Number(row.pk),
    id: row.id,
    bootId: row.bootId,
    server: row.server,
    serverVersion: row.serverVersion,
    host: row.host,
    pid: numberOrNull(row.pid),
    sdk: row.sdk,
    protocolVersions: JSON.parse(row.protocolVersions) as string[],
    startedAt: Number(row.startedAt),
    registeredAt: Number(row.registeredAt),
    leaseMs: Number(row.leaseMs),
    lastHeartbeatAt: Number(row.lastHeartbeatAt),
    leaseExpiresAt: numberOrNull(row.leaseExpiresAt),
    status: row.status as InstanceStatus,
    endedAt: numberOrNull(row.endedAt),
    drain:
      row.drainingSince === null
        ? null
        : { since: Number(row.drainingSince), deadlineAt: numberOrNull(row.drainDeadlineAt) },
  };
}

export function readBoot(client: Client, { id, bootId }: { id: string; bootId: string }) {
  return client.$queryRaw<InstanceRow[]>`
    SELECT ${INSTANCE_COLUMNS} FROM ${INSTANCE_TABLES} WHERE i."id" = ${id} AND i."bootId" = ${bootId}`;
}

/** The boot that an id stands for: the one that may still come back, else the latest. */
export function readLatestBoot(client: Client, id: string) {
  return client.$queryRaw<InstanceRow[]>`
    SELECT ${INSTANCE_COLUMNS} FROM ${INSTANCE_TABLES} WHERE i."id" = ${id}
    ORDER BY i."status" IN ('alive', 'lost') DESC, i."pk" DESC LIMIT 1`;
}
