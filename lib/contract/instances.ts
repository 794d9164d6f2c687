import { z } from "zod";
import { INSTANCE_STATUSES } from "@/lib/domain/instance";
import { Acknowledgement, BeatFields, BeatResult, Commands } from "./heartbeat";
import { count, IsoTimestamp, text } from "./primitives";
import { InstanceId, ProtocolVersion, ServerName } from "./session";

export const BootId = text(128).meta({
  description: "Identity of one start of the process, new at every start.",
  example: "0b6f8a5e-6a3e-4c53-9a41-b2d7f1f2c9aa",
});

/** `PUT /api/mcp/instances/{id}` */
export const RegisterInstanceBody = z
  .strictObject({
    bootId: BootId,
    server: ServerName,
    serverVersion: text(64).nullable().default(null),
    host: text(255).nullable().default(null).meta({ description: "Host name of the machine or container." }),
    pid: count(4_194_304).nullable().default(null),
    sdk: text(128).nullable().default(null).meta({
      description: "MCP SDK with its version.",
      example: "@modelcontextprotocol/sdk 1.32.2",
    }),
    protocolVersions: z.array(ProtocolVersion).max(16).default([]),
    uptimeMs: count(100 * 365 * 24 * 3_600_000)
      .default(0)
      .meta({ description: "Age of the process. Ages, not times of day, so that skewed clocks do no harm." }),
    leaseMs: z.int().min(1_000).max(3_600_000).optional().meta({
      description: "Milliseconds without a heartbeat after which its sessions count as disconnected.",
    }),
  })
  .meta({ id: "RegisterInstance" });
export type RegisterInstanceBody = z.output<typeof RegisterInstanceBody>;

const Acks = z.array(Acknowledgement).max(1_000).default([]);

/** `POST /api/mcp/instances/{id}/heartbeat` */
export const InstanceHeartbeatBody = z
  .strictObject({
    bootId: BootId,
    sessions: z
      .array(BeatFields)
      .max(1_000)
      .default([])
      .meta({ description: "Activity of its sessions, as in `POST /api/mcp/heartbeats`." }),
    acks: Acks,
  })
  .meta({ id: "InstanceHeartbeat" });
export type InstanceHeartbeatBody = z.output<typeof InstanceHeartbeatBody>;

/** `POST /api/mcp/instances/{id}/commands` */
export const AcknowledgeBody = z.strictObject({ bootId: BootId, acks: Acks }).meta({ id: "Acknowledge" });
export type AcknowledgeBody = z.output<typeof AcknowledgeBody>;

/** `DELETE /api/mcp/instances/{id}` */
export const StopInstanceBody = z.strictObject({ bootId: BootId }).meta({ id: "StopInstance" });

/** `PUT /api/mcp/instances/{id}/drain` */
export const DrainBody = z
  .strictObject({
    withinMs: z
      .int()
      .min(0)
      .max(7 * 24 * 3_600_000)
      .nullable()
      .default(null)
      .meta({ description: "When the deploy is due, counted from now; shown as a countdown." }),
  })
  .meta({ id: "Drain" });

export const DrainState = z
  .strictObject({ since: IsoTimestamp, deadlineAt: IsoTimestamp.nullable() })
  .meta({ id: "DrainState", description: "Present while the instance takes no new sessions." });

const SessionCounts = z.strictObject({ active: count(), disconnected: count() }).meta({ id: "SessionCounts" });

export const Instance = z
  .strictObject({
    id: InstanceId,
    bootId: BootId,
    server: z.string(),
    serverVersion: z.string().nullable(),
    host: z.string().nullable(),
    pid: count().nullable(),
    sdk: z.string().nullable(),
    protocolVersions: z.array(z.string()),
    status: z.enum(INSTANCE_STATUSES),
    startedAt: IsoTimestamp,
    registeredAt: IsoTimestamp,
    lastHeartbeatAt: IsoTimestamp,
    leaseMs: count(),
    leaseExpiresAt: IsoTimestamp.nullable().meta({ description: "Null once it is no longer alive." }),
    endedAt: IsoTimestamp.nullable(),
    drain: DrainState.nullable(),
  })
  .meta({ id: "Instance" });
export type Instance = z.output<typeof Instance>;

export const InstanceWithCounts = Instance.extend({ sessions: SessionCounts }).meta({ id: "InstanceWithCounts" });
export type InstanceWithCounts = z.output<typeof InstanceWithCounts>;

export const InstanceHeartbeatReply = z
  .strictObject({
    leaseExpiresAt: IsoTimestamp,
    revived: count().meta({ description: "Sessions that were disconnected and are active again with this heartbeat." }),
    drain: DrainState.nullable(),
    results: z.array(BeatResult),
    commands: Commands,
  })
  .meta({ id: "InstanceHeartbeatReply" });
export type InstanceHeartbeatReply = z.output<typeof InstanceHeartbeatReply>;

export const Acknowledged = z
  .strictObject({ acknowledged: z.array(z.string()).meta({ description: "Ids that were open until now." }) })
  .meta({ id: "Acknowledged" });
export type Acknowledged = z.output<typeof Acknowledged>;

/** `GET /api/mcp/instances` */
export const InstanceList = z
  .strictObject({ instances: z.array(InstanceWithCounts), generatedAt: IsoTimestamp })
  .meta({ id: "InstanceList" });
export type InstanceList = z.output<typeof InstanceList>;

/** `GET /api/mcp/servers`: what the Servers page shows. */
export const ServerList = z
  .strictObject({
    servers: z.array(
      z
        .strictObject({
          name: z.string(),
          sessions: SessionCounts,
          unleased: SessionCounts.meta({ description: "Of them, those that no instance holds a lease for." }),
          instances: z.array(InstanceWithCounts),
        })
        .meta({ id: "Server" }),
    ),
    generatedAt: IsoTimestamp,
  })
  .meta({ id: "ServerList" });
export type ServerList = z.output<typeof ServerList>;

/** `POST /api/mcp/sessions/{id}/claim` */
export const ClaimBody = z.strictObject({ instanceId: InstanceId, bootId: BootId }).meta({ id: "Claim" });
export type ClaimBody = z.output<typeof ClaimBody>;

/** `POST /api/mcp/sessions/{id}/disconnect` */
export const DisconnectBody = z
  .strictObject({
    reason: z.enum(["transport_lost", "server_shutdown"]).default("transport_lost"),
    detail: text(500).nullable().default(null),
  })
  .meta({ id: "Disconnect" });
export type DisconnectBody = z.output<typeof DisconnectBody>;
