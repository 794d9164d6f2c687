import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { RUN_TYPESCRIPT, startProcess } from "../examples/start-process";
import type { SessionList } from "@/lib/contract/session-list";
import { dispatch } from "@/lib/http/dispatch";
import { serveApi } from "@/lib/http/node-adapter";
import { loadConfig } from "@/lib/runtime/config";
import { createRuntime, type Runtime } from "@/lib/runtime/create-runtime";

let runtime: Runtime;
let server: Server;
let url: string;
beforeAll(async () => {
  runtime = await createRuntime(
    loadConfig({ HOLDFAST_DATA_DIR: ":memory:", HOLDFAST_LOG_LEVEL: "silent" }, process.cwd()),
  );
  server = createServer((request, response) => void serveApi(request, response, runtime)).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await runtime.close();
});

function start(...args: string[]) {
  const lines: string[] = [];
  const program = fileURLToPath(new URL("holdfast.ts", import.meta.url));
  const running = startProcess({
    args: [...RUN_TYPESCRIPT, program, ...args],
    env: { ...process.env, HOLDFAST_URL: url },
    onLine: (line) => lines.push(line),
  });
  return { ...running, lines };
}

const openSessions = async () =>
  (
    (await (
      await dispatch(new Request(`${url}/api/mcp/sessions?status=active,disconnected`), runtime)
    ).json()) as SessionList
  ).sessions;

it("passes in real time, over a real connection, in seconds", { timeout: 60_000 }, async () => {
  const check = start("check", "all", "--idle", "1s", "--lease", "1s", "--sessions", "50");
  expect(await check.exited, check.lines.join("\n")).toBe(0);
  expect(check.lines.at(-1)).toMatch(/^all: PASSED \(3 checks, 22 steps, [\d.]+ s\)$/);
  expect(await openSessions()).toEqual([]);
});

it("leaves nothing behind after Ctrl-C", { timeout: 60_000 }, async () => {
  const check = start("check", "lifecycle", "--idle", "1m");
  await check.untilLine(/✓ messages can be added/);
  expect(await openSessions()).not.toEqual([]);
  await check.stop();
  expect(await check.exited, check.lines.join("\n")).toBe(130);
  expect(check.lines.join("\n")).toMatch(/^lifecycle: INTERRUPTED \(8 steps, 5 not done, /m);
  expect(await openSessions()).toEqual([]);
});
