import { z } from "zod";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { END_REASONS, SESSION_KINDS, SESSION_STATUSES } from "@/lib/domain/session";
import {
  count,
  IdleTimeoutMs,
  IsoTimestamp,
  jsonObject,
  LabelKey,
  Labels,
  LabelValue,
  LifetimeMs,
  SessionId,
  text,
} from "./primitives";

export const ServerName = text(200).meta({
  description: "Name of the MCP server that owns the session.",
  example: "notes",
});
const Transport = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, { error: "must be a lower-case token such as streamable-http" })
  .meta({ example: "streamable-http" });
export const InstanceId = text(128).meta({
  description:
    "Name of the server process among its like: stable over restarts, such as a pod's name, or new each time.",
  example: "notes-1",
});
export const ProtocolVersion = text(32).meta({
  description: "Protocol revision agreed at initialize.",
  example: "2025-11-25",
});
const ClientInfo = jsonObject(8 * 1024).meta({
  description: "The client's `clientInfo` as sent at initialize.",
  example: { name: "claude-ai", version: "0.9" },
});
const Principal = text(256).meta({
  description: "Who the client acts for, as the MCP server knows it.",
  example: "user-42",
});

/** Names become keys, and this one would reach the object's prototype. */
const CapabilityName = text(64).refine((name) => name !== "__proto__", { error: "is not allowed as a name" });
const CapabilityNames = z.array(CapabilityName).max(64);
const Capabilities = z
  .union([CapabilityNames, jsonObject(16 * 1024)])
  .transform((value) => (Array.isArray(value) ? Object.fromEntries(value.map((name) => [name, {}])) : value))
  .meta({
    description: "Negotiated capabilities: an object, or a list of names.",
    example: { tools: {}, resources: {} },
  });

/** `POST /api/mcp/sessions` */
export const CreateSessionBody = z
  .strictObject({
    id: SessionId.optional(),
    kind: z.enum(SESSION_KINDS).default("protocol"),
    server: ServerName,
    serverVersion: text(64).nullable().default(null),
    instanceId: InstanceId.nullable().default(null),
    bootId: text(128).optional().meta({ description: "The instance's boot; refused when it is no longer the latest." }),
    clientId: text(256).nullable().default(null),
    clientInfo: ClientInfo.nullable().default(null),
    capabilities: Capabilities.nullable().default(null),
    protocolVersion: ProtocolVersion.nullable().default(null),
    transport: Transport.nullable().default(null),
    principal: Principal.nullable().default(null),
    mcpServers: z.array(ServerName).max(64).default([]),
    labels: Labels.default({}),
    idleTimeoutMs: IdleTimeoutMs.optional(),
    lifetimeMs: LifetimeMs.nullable().default(null),
  })
  .meta({ id: "CreateSession", description: "A session to register. Only `server` is required." });
export type CreateSessionBody = z.output<typeof CreateSessionBody>;

/** `PATCH /api/mcp/sessions/{id}`: what is absent stays; a label set to null is removed. */
export const UpdateSessionBody = z
  .strictObject({
    labels: z.record(LabelKey, LabelValue.nullable()).optional(),
    idleTimeoutMs: IdleTimeoutMs.optional(),
    lifetimeMs: LifetimeMs.nullable().optional(),
    serverVersion: text(64).nullable().optional(),
    clientId: text(256).nullable().optional(),
    clientInfo: ClientInfo.nullable().optional(),
    capabilities: Capabilities.nullable().optional(),
    protocolVersion: ProtocolVersion.nullable().optional(),
    principal: Principal.nullable().optional(),
  })
  .refine((body) => Object.keys(body).length > 0, { error: "must name at least one field to change" })
  .meta({ id: "UpdateSession", description: "Fields to change; labels are merged, a label set to null is removed." });
export type UpdateSessionBody = z.output<typeof UpdateSessionBody>;

export const EndReasonText = text(500).meta({
  description: "Why, in words; shown to operators and to the MCP server.",
});

/** `DELETE /api/mcp/sessions/{id}`: without `as` an operator's termination. */
export const EndSessionBody = z
  .strictObject({
    as: z.enum(["closed", "terminated"]).default("terminated"),
    by: z.enum(["client", "server"]).optional().meta({ description: "Who closed it; only with `as: closed`." }),
    reason: EndReasonText.optional(),
  })
  .refine((body) => body.by === undefined || body.as === "closed", { error: "goes with as: closed only", path: ["by"] })
  .meta({ id: "EndSession", description: "How to end the session." });
export type EndSessionBody = z.output<typeof EndSessionBody>;

/** `POST /api/mcp/sessions/{id}/renew` */
export const RenewSessionBody = z
  .strictObject({ id: SessionId.optional().meta({ description: "Id of the successor; minted when absent." }) })
  .meta({ id: "RenewSession" });
export type RenewSessionBody = z.output<typeof RenewSessionBody>;

/** A session as every route answers it. */
export const Session = z
  .strictObject({
    id: SessionId,
    kind: z.enum(SESSION_KINDS),
    server: z.string(),
    serverVersion: z.string().nullable(),
    instanceId: z.string().nullable(),
    clientId: z.string().nullable(),
    clientInfo: z.record(z.string(), z.unknown()).nullable(),
    capabilities: z.record(z.string(), z.unknown()).nullable(),
    protocolVersion: z.string().nullable(),
    transport: z.string().nullable(),
    principal: z.string().nullable(),
    mcpServers: z.array(z.string()),
    labels: z.record(z.string(), z.string()),
    idleTimeoutMs: count(),
    lifetimeMs: count().nullable(),
    status: z.enum(SESSION_STATUSES),
    health: z.enum(AGE_BUCKETS).nullable().meta({ description: "Age bucket by idle time; null once ended." }),
    idleMs: count().meta({ description: "Milliseconds since the end of the last client request; stops at the end." }),
    uptimeMs: count().meta({ description: "Milliseconds since creation; stops at the end." }),
    createdAt: IsoTimestamp,
    lastActivityAt: IsoTimestamp,
    lastHeartbeatAt: IsoTimestamp.nullable(),
    expiresAt: IsoTimestamp.nullable().meta({ description: "When it expires unless used before; null once ended." }),
    endedAt: IsoTimestamp.nullable(),
    endReason: z.enum(END_REASONS).nullable(),
    endDetail: z.string().nullable().meta({ description: "The reason in words, where somebody gave one." }),
    inFlight: count(),
    requestCount: count(),
    errorCount: count(),
    reconnectCount: count(),
    messageCount: count(),
    stateVersion: count(),
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    epoch: count().meta({
      description:
        "Counts its owners. Send it as `Holdfast-Epoch` with writes, and they fail once another has taken over.",
    }),
    tokenExpiresAt: IsoTimestamp.nullable().meta({ description: "When its last good reconnect token expires." }),
  })
  .meta({ id: "Session" });
export type Session = z.output<typeof Session>;

export const RenewedSession = z
  .strictObject({ newSessionId: SessionId, session: Session.meta({ description: "The successor." }) })
  .meta({ id: "RenewedSession" });
export type RenewedSession = z.output<typeof RenewedSession>;
