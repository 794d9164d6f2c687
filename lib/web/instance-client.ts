import { Instance, InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import { ReconnectToken } from "@/lib/contract/tokens";
import { ApiError } from "./api-error";
import { readAnswer, sendRequest } from "./registry-request";

const INSTANCES = "/api/mcp/instances";

export async function getServers(signal?: AbortSignal): Promise<ServerList> {
  return readAnswer(await sendRequest("/api/mcp/servers", { signal }), ServerList);
}

/** The latest boot of an instance; null when none has ever registered under this id. */
export async function getInstance(id: string, signal?: AbortSignal): Promise<InstanceWithCounts | null> {
  const answer = await sendRequest(instancePath(id), { signal });
  try {
    return readAnswer(answer, InstanceWithCounts);
  } catch (error) {
    if (error instanceof ApiError && error.problem?.code === "instance_not_found") return null;
    throw error;
  }
}

/** Lets an instance take no new sessions; `withinMs` says when its deploy is due, counted from now. */
export async function drainInstance(id: string, withinMs: number | null): Promise<Instance> {
  const call = { method: "PUT", body: { withinMs } } as const;
  return readAnswer(await sendRequest(`${instancePath(id)}/drain`, call), Instance);
}

export async function endDrain(id: string): Promise<Instance> {
  return readAnswer(await sendRequest(`${instancePath(id)}/drain`, { method: "DELETE" }), Instance);
}

/** Issues a reconnect token. It is a secret: the caller keeps it out of every cache, address and log. */
export async function issueReconnectToken(sessionId: string, signal?: AbortSignal): Promise<ReconnectToken> {
  const path = `/api/mcp/sessions/${encodeURIComponent(sessionId)}/token`;
  return readAnswer(await sendRequest(path, { method: "POST", signal }), ReconnectToken);
}

function instancePath(id: string): string {
  return `${INSTANCES}/${encodeURIComponent(id)}`;
}
