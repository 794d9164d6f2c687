/** Speaks to the registry as one server process does. */
export interface InstanceClient {
  id: string;
  bootId: string;
  register(body?: Record<string, unknown>): Promise<void>;
  /** Renews the lease; answers the ids of the commands that wait for it. */
  beat(): Promise<string[]>;
  acknowledge(commandIds: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

export function createInstanceClient(url: string, id = "notes-1", bootId = `boot-of-${id}`): InstanceClient {
  const send = async (method: string, path: string, body: Record<string, unknown>): Promise<unknown> => {
    const response = await fetch(`${url}/api/mcp/instances/${encodeURIComponent(id)}${path}`, {
      method,
      body: JSON.stringify({ bootId, ...body }),
      headers: { "content-type": "application/json" },
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${text}`);
    return text === "" ? null : JSON.parse(text);
  };
  return {
    id,
    bootId,
    register: async (body = {}) => {
      const process = { host: "node-a", pid: 4121, sdk: "@modelcontextprotocol/sdk 1.32.2", uptimeMs: 60_000 };
      await send("PUT", "", { server: "notes", serverVersion: "1.0.0", ...process, ...body });
    },
    beat: async () => {
      // The registry's own answer, tested where it is made.
      const { commands } = (await send("POST", "/heartbeat", {})) as { commands: { id: string }[] };
      return commands.map((command) => command.id);
    },
    acknowledge: async (commandIds) => {
      await send("POST", "/commands", { acks: commandIds.map((commandId) => ({ id: commandId })) });
    },
    stop: async () => {
      await send("DELETE", "", {});
    },
  };
}
