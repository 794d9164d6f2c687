/** Speaks to the registry as an MCP server does, where a test needs no real one. */
export interface RegistryClient {
  create(body?: Record<string, unknown>): Promise<{ id: string }>;
  beat(id: string, body: Record<string, unknown>): Promise<void>;
  end(id: string, body?: Record<string, unknown>): Promise<void>;
  read(id: string): Promise<Record<string, unknown>>;
}

export function createRegistryClient(url: string): RegistryClient {
  const send = async (
    method: string,
    path: string,
    body?: Record<string, unknown>,
  ): Promise<Record<string, unknown>> => {
    const response = await fetch(`${url}/api/mcp/sessions${path}`, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${String(response.status)} ${await response.text()}`);
    return (await response.json()) as Record<string, unknown>;
  };
  const pathOf = (id: string) => `/${encodeURIComponent(id)}`;
  return {
    create: async (body = {}) => {
      const { id } = await send("POST", "", {
        server: "notes",
        clientInfo: { name: "atlas", version: "2.1.0" },
        ...body,
      });
      return { id: String(id) };
    },
    beat: async (id, body) => {
      await send("POST", `${pathOf(id)}/heartbeat`, body);
    },
    end: async (id, body = {}) => {
      await send("DELETE", pathOf(id), body);
    },
    read: (id) => send("GET", pathOf(id)),
  };
}
