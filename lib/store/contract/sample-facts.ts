import type { SessionFacts } from "@/lib/domain/session";

/** Facts of a session that say as little as possible, with what a test cares about on top. */
export function sampleFacts(facts: Partial<SessionFacts> & { id: string }): SessionFacts {
  return {
    kind: "protocol",
    server: "notes",
    serverVersion: null,
    instanceId: null,
    clientId: null,
    clientInfo: null,
    capabilities: null,
    protocolVersion: null,
    transport: null,
    principal: null,
    mcpServers: [],
    labels: {},
    idleTimeoutMs: 60_000,
    lifetimeMs: null,
    ...facts,
  };
}
