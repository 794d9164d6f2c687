import { fileURLToPath } from "node:url";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RUN_TYPESCRIPT, type RunningProcess, startProcess } from "./start-process";
import { gone, ok, ScriptedRegistry, unknown } from "./testing/scripted-registry";

let registry: ScriptedRegistry;
let server: RunningProcess;
let url: URL;

beforeEach(async () => {
  registry = await new ScriptedRegistry().start();
  registry.replyToBeats = ({ beats }) => ({ results: beats.map(unknown), commands: [] });
  server = startProcess({
    args: [...RUN_TYPESCRIPT, fileURLToPath(new URL("minimal-server.ts", import.meta.url))],
    env: { ...process.env, PORT: "0", HOLDFAST_URL: registry.url },
  });
  const [, address = ""] = await server.untilLine(/listening on (\S+)/);
  url = new URL(address);
}, 30_000);

afterEach(async () => {
  await server.stop();
  await registry.stop();
});

async function connect(): Promise<{ client: Client; transport: StreamableHTTPClientTransport }> {
  const client = new Client({ name: "atlas-ide", version: "2.4.1" });
  const transport = new StreamableHTTPClientTransport(url);
  await client.connect(transport);
  return { client, transport };
}

describe("the minimal server", () => {
  it("registers a session that the registry does not know yet", async () => {
    const { client, transport } = await connect();
    await registry.until(() => registry.registrations.length > 0);
    expect(registry.registrations[0]).toEqual({
      id: transport.sessionId,
      server: "minimal",
      clientInfo: { name: "atlas-ide", version: "2.4.1" },
    });
    await client.close();
  });

  it("ends a session that the registry has ended, and acknowledges the command", async () => {
    const { client, transport } = await connect();
    const { sessionId = "" } = transport;
    registry.replyToBeats = ({ beats, acks }) => ({
      results: beats.map((beat) => (beat.id === sessionId ? gone : ok)(beat)),
      commands: acks.length > 0 ? [] : [{ id: "c-1", type: "terminate", sessionId, reason: null }],
    });
    const call = () => client.callTool({ name: "roll_dice" }).then(() => "answered", String);
    await expect.poll(call, { timeout: 10_000 }).toContain("Session not found");
    await registry.until(() => registry.acks.some(({ id }) => id === "c-1"));
    await client.close();
  });

  it("reports a close when the client says goodbye", async () => {
    const { client, transport } = await connect();
    const { sessionId = "" } = transport;
    await transport.terminateSession();
    await registry.until(() => registry.closes.length > 0);
    expect(registry.closes[0]?.call).toBe(`DELETE /api/mcp/sessions/${sessionId}`);
    await client.close();
  });
});
