import type { Session } from "@/lib/contract/session";
import type { Answer, TestRegistry } from "./test-registry";

/** Short ways to say what MCP servers do with instances, for tests over HTTP. */
export function instanceCalls(registry: TestRegistry) {
  const instancePath = (id: string): string => `/api/mcp/instances/${id}`;
  const sessionPath = (id: string): string => `/api/mcp/sessions/${id}`;
  return {
    register: (id: string, bootId: string, facts: object = {}): Promise<Answer> =>
      registry.call("PUT", instancePath(id), { body: { bootId, server: "notes", ...facts } }),
    beat: (id: string, bootId: string, report: object = {}): Promise<Answer> =>
      registry.call("POST", `${instancePath(id)}/heartbeat`, { body: { bootId, ...report } }),
    stop: (id: string, bootId: string): Promise<Answer> =>
      registry.call("DELETE", instancePath(id), { body: { bootId } }),
    read: (id: string): Promise<Answer> => registry.call("GET", instancePath(id)),
    open: (id: string, facts: object = {}): Promise<Answer<Session>> =>
      registry.call<Session>("POST", "/api/mcp/sessions", { body: { id, server: "notes", ...facts } }),
    claim: (id: string, instanceId: string, bootId: string): Promise<Answer> =>
      registry.call("POST", `${sessionPath(id)}/claim`, { body: { instanceId, bootId } }),
    disconnect: (id: string, body?: object): Promise<Answer> =>
      registry.call("POST", `${sessionPath(id)}/disconnect`, body === undefined ? {} : { body }),
    session: async (id: string): Promise<Session> => (await registry.call<Session>("GET", sessionPath(id))).body,
    events: async (
      id: string,
    ): Promise<{ type: string; reason: string | null; data: Record<string, unknown> | null }[]> => {
      interface List {
        events: { type: string; reason: string | null; data: Record<string, unknown> | null }[];
      }
      const { body } = await registry.call<List>("GET", `${sessionPath(id)}/events`);
      return body.events;
    },
  };
}
