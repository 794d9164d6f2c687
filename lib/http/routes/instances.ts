import { z } from "zod";
import {
  AcknowledgeBody,
  Acknowledged,
  BootId,
  DrainBody,
  Instance,
  InstanceHeartbeatBody,
  InstanceHeartbeatReply,
  InstanceList,
  InstanceWithCounts,
  RegisterInstanceBody,
  ServerList,
  StopInstanceBody,
} from "@/lib/contract/instances";
import { text } from "@/lib/contract/primitives";
import { InstanceId } from "@/lib/contract/session";
import { acknowledgeCommands } from "@/lib/services/acknowledge-commands";
import { drainInstance } from "@/lib/services/drain-instance";
import { followInstance } from "@/lib/services/follow-instance";
import { getInstance, listInstances, listServers } from "@/lib/services/list-servers";
import { recordInstanceHeartbeat } from "@/lib/services/record-instance-heartbeat";
import { requireBoot } from "@/lib/services/require-instance";
import { registerInstance } from "@/lib/services/register-instance";
import { stopInstance } from "@/lib/services/stop-instance";
import { defineRoute } from "../define-route";
import { eventStream } from "../event-stream";

const tag = "Instances";
const InstanceParams = z.strictObject({ id: InstanceId });
const REFUSED = ["instance_not_found", "instance_superseded"] as const;

export const instanceRoutes = [
  defineRoute({
    method: "GET",
    path: "/api/mcp/servers",
    operationId: "listServers",
    tag,
    summary: "List servers with their instances",
    description: "Every server that has open sessions, or an instance that is alive or ended within a day.",
    replies: { 200: { description: "The servers, by name.", schema: ServerList } },
    errors: [],
    respond: async ({ services }) => ({ status: 200, body: await listServers(services) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/instances",
    operationId: "listInstances",
    tag,
    summary: "List instances",
    description: "Those that are alive, then those that ended within a day; at most 500.",
    replies: { 200: { description: "The instances, latest first.", schema: InstanceList } },
    errors: [],
    respond: async ({ services }) => ({ status: 200, body: await listInstances(services) }),
  }),
  defineRoute({
    method: "PUT",
    path: "/api/mcp/instances/{id}",
    operationId: "registerInstance",
    tag,
    summary: "Register a server process",
    description:
      "One process is one instance; each start of it is a boot with a `bootId` of its own. Its heartbeats renew its lease. Sessions created with its `instanceId` from then on are its own. A new boot supersedes the one before, whose sessions become disconnected and can be claimed.",
    params: InstanceParams,
    body: RegisterInstanceBody,
    replies: {
      201: { description: "Registered.", schema: Instance },
      200: { description: "This boot was registered already; its facts and lease are renewed.", schema: Instance },
    },
    errors: ["instance_superseded", "instance_exists"],
    respond: async ({ services, params, body }) => {
      const { instance, isNew } = await registerInstance(services, params.id, body);
      return { status: isNew ? 201 : 200, body: instance };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/instances/{id}",
    operationId: "getInstance",
    tag,
    summary: "Read an instance",
    description: "Its latest boot, with the number of its open sessions.",
    params: InstanceParams,
    replies: { 200: { description: "The instance.", schema: InstanceWithCounts } },
    errors: ["instance_not_found"],
    respond: async ({ services, params }) => ({ status: 200, body: await getInstance(services, params.id) }),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/mcp/instances/{id}",
    operationId: "stopInstance",
    tag,
    summary: "Say goodbye before a shutdown",
    description:
      "Its sessions are not closed: they become disconnected (`server_shutdown`) and wait for another process to claim them.",
    params: InstanceParams,
    body: StopInstanceBody,
    replies: { 200: { description: "The instance, stopped.", schema: Instance } },
    errors: [...REFUSED],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await stopInstance(services, { id: params.id, ...body }),
    }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/instances/{id}/heartbeat",
    operationId: "recordInstanceHeartbeat",
    tag,
    summary: "Renew the lease and report on up to 1,000 sessions",
    description:
      "A boot that comes back after its lease was lost takes up its sessions again with this (`revived`). Beats count only for sessions that are its own: `fenced` are those that another instance has claimed. `commands` are those for this instance; settle them with `acks`.",
    params: InstanceParams,
    body: InstanceHeartbeatBody,
    replies: { 200: { description: "Recorded, on disk.", schema: InstanceHeartbeatReply } },
    errors: [...REFUSED],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await recordInstanceHeartbeat(services, params.id, body),
    }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/instances/{id}/commands",
    operationId: "followCommands",
    tag,
    summary: "Follow the commands for an instance",
    description:
      "Server-sent events. `command` carries what an operator decided, its `id` is the command's; `drain` says that the instance shall take no new sessions (null: that it may again). Open commands come first; with `Last-Event-ID` only those after it. The stream ends when another boot takes over.",
    headers: { "Last-Event-ID": "The last command that was received." },
    params: InstanceParams,
    query: z.strictObject({ bootId: BootId }),
    replies: { 200: { description: "`text/event-stream`, until one side closes it." } },
    errors: [...REFUSED],
    respond: async ({ services, request, params, query }) => {
      const instance = await requireBoot(services, { id: params.id, bootId: query.bootId });
      const lastSeen = text(64).safeParse(request.header("last-event-id"));
      const after = lastSeen.success ? lastSeen.data : null;
      return {
        status: 200,
        headers: { "content-type": "text/event-stream", "x-accel-buffering": "no" },
        stream: eventStream(({ send, ping, end }) =>
          followInstance(
            services,
            { instance, after },
            {
              command: (command) => {
                send({ id: command.id, event: "command", data: command });
              },
              drain: (drain) => {
                send({ event: "drain", data: drain });
              },
              ping,
              end,
            },
          ),
        ),
      };
    },
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/instances/{id}/commands",
    operationId: "acknowledgeCommands",
    tag,
    summary: "Say what became of commands",
    description: "At once, rather than with the next heartbeat. Repeating it is harmless.",
    params: InstanceParams,
    body: AcknowledgeBody,
    replies: { 200: { description: "Recorded, on disk.", schema: Acknowledged } },
    errors: [...REFUSED],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await acknowledgeCommands(services, params.id, body),
    }),
  }),
  defineRoute({
    method: "PUT",
    path: "/api/mcp/instances/{id}/drain",
    operationId: "drainInstance",
    tag,
    summary: "Keep new sessions away from an instance",
    description: "Before a deploy. Creating or claiming sessions for it answers 409; those that it has go on.",
    params: InstanceParams,
    body: DrainBody,
    isBodyOptional: true,
    replies: { 200: { description: "The instance.", schema: Instance } },
    errors: [...REFUSED],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await drainInstance(services, params.id, body),
    }),
  }),
  defineRoute({
    method: "DELETE",
    path: "/api/mcp/instances/{id}/drain",
    operationId: "endDrain",
    tag,
    summary: "Let an instance take new sessions again",
    params: InstanceParams,
    replies: { 200: { description: "The instance.", schema: Instance } },
    errors: [...REFUSED],
    respond: async ({ services, params }) => ({ status: 200, body: await drainInstance(services, params.id, null) }),
  }),
];
