import { z } from "zod";
import { SessionExplanation } from "@/lib/contract/explanation";
import { Message } from "@/lib/contract/messages";
import { SessionId } from "@/lib/contract/primitives";
import { CreateSessionBody, Session } from "@/lib/contract/session";
import { ListSessionsQuery, SESSION_SORTS, SessionList } from "@/lib/contract/session-list";
import { SessionState } from "@/lib/contract/state";
import { AGE_BUCKETS } from "@/lib/domain/health";
import { SESSION_KINDS, SESSION_STATUSES } from "@/lib/domain/session";
import { createSession } from "@/lib/services/create-session";
import { explainSession } from "@/lib/services/explain-session";
import { getSession } from "@/lib/services/get-session";
import { listMessages } from "@/lib/services/list-messages";
import { listSessions } from "@/lib/services/list-sessions";
import { readState } from "@/lib/services/read-state";
import { defineTool } from "../define-tool";

const create = CreateSessionBody.shape;
const list = ListSessionsQuery.shape;

const createSessionTool = defineTool({
  name: "create_session",
  title: "Create a session",
  description:
    "Registers a new session and returns it, active. Keep its id: every other tool takes it as session_id. Only `server` is required. Without activity (state or messages written, heartbeats) it expires after idle_timeout_ms.",
  input: z.strictObject({
    server: create.server,
    session_id: SessionId.optional().meta({ description: "Id to register it under; minted when absent." }),
    kind: z.enum(SESSION_KINDS).default("handle").meta({
      description: "`handle`: its id is passed as a tool argument; `protocol`: it is an Mcp-Session-Id.",
    }),
    server_version: create.serverVersion,
    client_id: create.clientId,
    client_info: create.clientInfo,
    capabilities: create.capabilities,
    protocol_version: create.protocolVersion,
    transport: create.transport,
    principal: create.principal,
    mcp_servers: create.mcpServers,
    labels: create.labels,
    idle_timeout_ms: create.idleTimeoutMs,
    lifetime_ms: create.lifetimeMs,
    idempotency_key: z
      .string()
      .regex(/^[\x21-\x7e]{1,255}$/, { error: "must be 1 to 255 visible ASCII characters" })
      .optional()
      .meta({ description: "Makes a retry harmless: the same key with the same arguments creates one session." }),
  }),
  output: z.strictObject({ session: Session }),
  hints: {},
  run: async (ctx, args) => {
    const { server, kind, capabilities, transport, principal, labels } = args;
    const { session } = await createSession(ctx, {
      body: {
        ...{ server, kind, capabilities, transport, principal, labels },
        id: args.session_id,
        serverVersion: args.server_version,
        instanceId: null,
        clientId: args.client_id,
        clientInfo: args.client_info,
        protocolVersion: args.protocol_version,
        mcpServers: args.mcp_servers,
        idleTimeoutMs: args.idle_timeout_ms,
        lifetimeMs: args.lifetime_ms,
      },
      idempotencyKey: args.idempotency_key ?? null,
    });
    return { session };
  },
});

const getSessionTool = defineTool({
  name: "get_session",
  title: "Read a session",
  description:
    "Reads one session, with its state and latest messages if asked for. Never counts as activity and never changes anything: an expired session is reported as such, with its successor in session.supersededBy if it has one.",
  input: z.strictObject({
    session_id: SessionId,
    include_state: z.boolean().default(false).meta({ description: "Also return its JSON state." }),
    include_messages: z
      .int()
      .min(0)
      .max(20)
      .default(0)
      .meta({ description: "How many of its latest messages to return." }),
  }),
  output: z.strictObject({
    session: Session,
    state: SessionState.optional(),
    messages: z.array(Message).optional().meta({ description: "Oldest first." }),
  }),
  hints: { reads: true },
  run: async (ctx, { session_id: id, include_state: withState, include_messages: limit }) => {
    const session = await getSession(ctx, id);
    return {
      session,
      ...(withState && { state: (await readState(ctx, id)).state }),
      ...(limit > 0 && {
        messages: (await listMessages(ctx, id, { before: Number.MAX_SAFE_INTEGER, limit })).messages,
      }),
    };
  },
});

const listSessionsTool = defineTool({
  name: "list_sessions",
  title: "List sessions",
  description:
    "Lists sessions, newest first unless told otherwise, one page at a time. Filters combine with AND. Use it to find a session's id, or to see which sessions a server or client has.",
  input: z.strictObject({
    status: z.array(z.enum(SESSION_STATUSES)).min(1).max(SESSION_STATUSES.length).optional(),
    health: z
      .array(z.enum(AGE_BUCKETS))
      .min(1)
      .max(AGE_BUCKETS.length)
      .optional()
      .meta({ description: "Age buckets of active sessions, by idle time." }),
    server: list.server,
    client: list.client,
    principal: list.principal,
    query: list.query.meta({
      description:
        "Query language: `client:claude* idle:>10m reason:instance_lost label.team=core -is:probe`; a plain word is found in id, server, client or principal. All terms must be true.",
    }),
    sort: z.enum(SESSION_SORTS).default("createdAt").meta({ description: "`endedAt` lists ended sessions only." }),
    order: z.enum(["asc", "desc"]).default("desc"),
    limit: z.int().min(1).max(100).default(20),
    cursor: list.cursor,
  }),
  output: SessionList,
  hints: { reads: true },
  run: (ctx, args) => listSessions(ctx, args),
});

const explainSessionTool = defineTool({
  name: "explain_session",
  title: "Explain a session",
  description:
    "Says in one sentence why a session is as it is, above all why it ended and who went quiet, with the facts it rests on. Use it before guessing why a session was lost.",
  input: z.strictObject({ session_id: SessionId }),
  output: SessionExplanation,
  hints: { reads: true },
  run: (ctx, { session_id: id }) => explainSession(ctx, id),
});

export const sessionTools = [createSessionTool, getSessionTool, listSessionsTool, explainSessionTool];
