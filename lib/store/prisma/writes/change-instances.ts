import type { BootRef, DrainOrder, LeaseOutcome } from "../../instance-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { type InstanceRow, readBoot, readLatestBoot, toInstanceRecord } from "../instance-row";
import { prepareEach } from "../prepare-each";
import type { SessionWrite, Statement } from "../statement";

type BootWrite = BootRef & { now: number };

/** Renews leases. A boot whose lease had run out is alive again with it. */
export function renewLeasesWrite(client: Client): SessionWrite<BootWrite, LeaseOutcome> {
  return bootWrite("lease", (boot) => [
    readBoot(client, boot),
    client.$queryRaw`
      UPDATE "Instance" SET "lastHeartbeatAt" = ${boot.now}, "leaseExpiresAt" = ${boot.now} + "leaseMs", "status" = 'alive',
        "endedAt" = NULL
      WHERE ${isUpdatable(boot)} RETURNING "pk"`,
    readBoot(client, boot),
  ]);
}

/** Ends boots that say goodbye. */
export function stopInstancesWrite(client: Client): SessionWrite<BootWrite, LeaseOutcome> {
  return bootWrite("stop", (boot) => [
    readBoot(client, boot),
    client.$queryRaw`
      UPDATE "Instance" SET "leaseExpiresAt" = NULL, "status" = 'stopped', "endedAt" = ${boot.now}
      WHERE ${isUpdatable(boot)} RETURNING "pk"`,
    readBoot(client, boot),
  ]);
}

/** Begins or ends drains. Ordering one that is under way changes its deadline only. */
export function drainInstancesWrite(client: Client): SessionWrite<DrainOrder, LeaseOutcome> {
  return bootWrite("drain", ({ id, now, drain }) => [
    readLatestBoot(client, id),
    client.$queryRaw`
      UPDATE "Instance" SET
        "drainingSince" = ${drain === null ? Prisma.sql`NULL` : Prisma.sql`coalesce("drainingSince", ${now})`},
        "drainDeadlineAt" = ${drain?.deadlineAt ?? null}
      WHERE "id" = ${id} AND "status" = 'alive' RETURNING "pk"`,
    readLatestBoot(client, id),
  ]);
}

function isUpdatable({ id, bootId }: BootRef): Prisma.Sql {
  return Prisma.sql`"id" = ${id} AND "bootId" = ${bootId} AND "status" IN ('alive', 'lost')`;
}

/** A look before, one conditional statement, a look after. */
function bootWrite<Operation extends { id: string }>(
  name: string,
  statementsOf: (operation: Operation) => Statement[],
): SessionWrite<Operation, LeaseOutcome> {
  return {
    name,
    folds: false,
    isSilent: true,
    keysOf: ({ id }) => [`instance:${id}`],
    prepare: (operations) =>
      prepareEach(operations, {
        statementsOf,
        settle: ([before, updated, after]) => ({
          result: outcomeOf(before as InstanceRow[], updated as unknown[], after as InstanceRow[]),
        }),
      }),
  };
}

function outcomeOf([before]: InstanceRow[], updated: unknown[], [after]: InstanceRow[]): LeaseOutcome {
  if (updated.length === 0 || !before || !after) return { outcome: "lost" };
  return { outcome: "won", instance: toInstanceRecord(after), wasLost: before.status === "lost" };
}
