import type { InstanceRegistration, RegistrationOutcome } from "../../instance-store";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";
import { type InstanceRow, readBoot, toInstanceRecord } from "../instance-row";
import { prepareEach } from "../prepare-each";
import type { SessionWrite } from "../statement";

/** Registers boots, or renews them. The other boots of an id can then never come back. */
export function registerInstancesWrite(client: Client): SessionWrite<InstanceRegistration, RegistrationOutcome> {
  return {
    name: "register",
    folds: false,
    keysOf: ({ facts }) => [`instance:${facts.id}`],
    prepare: (registrations) =>
      prepareEach(registrations, {
        statementsOf: (registration) => [
          insertServer(client, registration),
          readBoot(client, registration.facts),
          upsertBoot(client, registration),
          supersedeOthers(client, registration),
          readBoot(client, registration.facts),
        ],
        settle: ([, before, upserted, , after], { facts }) => ({
          result:
            (upserted as unknown[]).length === 0
              ? whyRefused(before as InstanceRow[], facts.server)
              : outcomeOf(before as InstanceRow[], after as InstanceRow[]),
        }),
      }),
  };
}

function whyRefused([before]: InstanceRow[], server: string): RegistrationOutcome {
  return { outcome: before?.server === server ? "superseded" : "taken" };
}

function outcomeOf([before]: InstanceRow[], [after]: InstanceRow[]): RegistrationOutcome {
  if (!after) return { outcome: "superseded" };
  const instance = toInstanceRecord(after);
  return { outcome: before ? "renewed" : "created", instance, wasLost: before?.status === "lost" };
}

function insertServer(client: Client, { facts, now }: InstanceRegistration) {
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Server" ("name", "createdAt") VALUES (${facts.server}, ${now}) ON CONFLICT DO NOTHING`;
}

/** Not while a living boot of another server has the id, and not for a boot that has ended or is another server's. */
function upsertBoot(client: Client, { facts, now }: InstanceRegistration) {
  const { id, bootId, serverVersion, host, pid, sdk, startedAt, leaseMs } = facts;
  return client.$queryRaw<unknown[]>`
    INSERT INTO "Instance" ("id", "bootId", "serverId", "serverVersion", "host", "pid", "sdk", "protocolVersions", "startedAt",
      "registeredAt", "leaseMs", "lastHeartbeatAt", "leaseExpiresAt", "status")
    SELECT ${id}, ${bootId}, v."id", ${serverVersion}, ${host}, ${pid}, ${sdk}, ${JSON.stringify(facts.protocolVersions)},
      ${startedAt}, ${now}, ${leaseMs}, ${now}, ${now + leaseMs}, 'alive'
    FROM "Server" v WHERE v."name" = ${facts.server} AND NOT EXISTS (
      SELECT 1 FROM "Instance" o WHERE o."id" = ${id} AND o."status" = 'alive' AND o."serverId" <> v."id")
    ON CONFLICT ("id", "bootId") DO UPDATE SET
      "serverVersion" = excluded."serverVersion", "host" = excluded."host", "pid" = excluded."pid", "sdk" = excluded."sdk",
      "protocolVersions" = excluded."protocolVersions", "leaseMs" = excluded."leaseMs",
      "lastHeartbeatAt" = excluded."lastHeartbeatAt", "leaseExpiresAt" = excluded."leaseExpiresAt",
      "status" = 'alive', "endedAt" = NULL
    WHERE "status" IN ('alive', 'lost') AND "serverId" = excluded."serverId"
    RETURNING "pk"`;
}

function supersedeOthers(client: Client, { facts: { id, bootId }, now }: InstanceRegistration) {
  const isRegistered = Prisma.sql`
    EXISTS (SELECT 1 FROM "Instance" n WHERE n."id" = ${id} AND n."bootId" = ${bootId} AND n."status" = 'alive')`;
  return client.$queryRaw<unknown[]>`
    UPDATE "Instance" SET "status" = 'superseded', "leaseExpiresAt" = NULL, "endedAt" = coalesce("endedAt", ${now})
    WHERE "id" = ${id} AND "bootId" <> ${bootId} AND "status" IN ('alive', 'lost') AND ${isRegistered}
    RETURNING "pk"`;
}
