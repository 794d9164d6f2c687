import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDevelopment, startHoldfast } from "./support/processes";
import { createRegistryClient } from "./support/registry-client";
import { expect, test } from "./support/test";

let dataDir: string;
test.beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "holdfast-e2e-"));
});
test.afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** Sends a raw request and answers what comes back until the server closes, or the first line of an open connection. */
async function send(port: number, request: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  socket.write(request);
  const [chunk] = (await once(socket, "data")) as [Buffer];
  socket.destroy();
  return chunk.toString();
}

test("stops on SIGTERM with connections open that asked for an upgrade, and keeps what it acknowledged", async () => {
  const holdfast = await startHoldfast({ HOLDFAST_DATA_DIR: dataDir });
  const { id } = await createRegistryClient(holdfast.url).create();
  // Only the first page brings up all of Next's listeners.
  expect((await fetch(`${holdfast.url}/mcp`)).status).toBe(200);
  const upgrade = connect(holdfast.port, "127.0.0.1").on("error", () => undefined);
  upgrade.write("GET //x HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
  // The server closes both, which their ends may see as a reset.
  const idle = connect(holdfast.port, "127.0.0.1").on("error", () => undefined);
  await once(idle, "connect");

  await holdfast.stop(20_000);

  expect(await holdfast.exited).toBe(0);
  const again = await startHoldfast({ HOLDFAST_DATA_DIR: dataDir });
  expect(await createRegistryClient(again.url).read(id)).toMatchObject({ id, status: "active" });
  await again.stop();
  upgrade.destroy();
  idle.destroy();
});

test("answers an API request that offers an upgrade, as some HTTP clients always do", async ({ holdfast }) => {
  expect((await fetch(`${holdfast.url}/mcp`)).status).toBe(200);
  const offer = "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n";
  expect(await send(holdfast.port, `GET /livez HTTP/1.1\r\nHost: 127.0.0.1\r\n${offer}\r\n`)).toContain("200 OK");
});

test("answers what is not a path, and pages under wrong names and methods, as problems", async ({ holdfast }) => {
  const requests = [
    ["OPTIONS * HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400"],
    ["GET http://example.com/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400"],
    ["GET /mcp/sessions/% HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "400"],
    ["GET /mcp HTTP/1.1\r\nHost: rebound.example\r\n\r\n", "421"],
    ["DELETE /mcp HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", "405"],
    ["GET /livez HTTP/1.0\r\n\r\n", "421"],
  ] as const;
  for (const [request, status] of requests) {
    const answer = await send(holdfast.port, request);
    expect(answer, request).toContain(`HTTP/1.1 ${status}`);
    expect(answer, request).toContain("application/problem+json");
  }
});

test("refuses a data folder in use and a port in use with one readable message", async () => {
  const holdfast = await startHoldfast({ HOLDFAST_DATA_DIR: dataDir });
  await expect(startHoldfast({ HOLDFAST_DATA_DIR: dataDir })).rejects.toThrow(/in use by another Holdfast process/);
  await expect(startHoldfast({ PORT: String(holdfast.port) })).rejects.toThrow(/PORT: \d+ is in use/);
  await holdfast.stop();
});

test("serves pages and the whole API in development as well", async () => {
  test.slow();
  const holdfast = await startDevelopment();
  const registry = createRegistryClient(holdfast.url);
  const { id } = await registry.create();
  await registry.beat(id, {});
  await registry.end(id);
  expect(await registry.read(id)).toMatchObject({ status: "terminated" });
  expect((await fetch(`${holdfast.url}/mcp`)).status).toBe(200);
  await holdfast.stop();
});
