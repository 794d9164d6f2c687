import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { isStartupError, StartupError } from "@/lib/domain/startup-error";
import { guardPage } from "@/lib/http/guard-page";
import { serveApi } from "@/lib/http/node-adapter";
import { refuseBrokenRequest } from "@/lib/http/refuse-broken-request";
import { acceptUpgrades } from "@/lib/runtime/accept-upgrades";
import { type Config, loadConfig } from "@/lib/runtime/config";
import { createRuntime, type Runtime } from "@/lib/runtime/create-runtime";
import { shareRuntime } from "@/lib/runtime/get-runtime";
import { stopOnSignal } from "@/lib/runtime/stop-on-signal";

const API_PATH = /^\/(?:api(?:\/|$|\?)|livez(?:$|\?)|readyz(?:$|\?)|metrics(?:$|\?))/;

/** The process: config → runtime → HTTP → shutdown. In development Next serves the API too, with hot reload. */
export async function main({ dev }: { dev: boolean }): Promise<void> {
  const startedAt = performance.now();
  process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";
  try {
    const config = loadConfig(process.env, process.cwd());
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 });
    const runtime = await createRuntime(config);
    shareRuntime(runtime);
    try {
      const url = await serve({ server, config, runtime, dev });
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      console.log(`Holdfast is ready at ${url}/mcp (data: ${config.dataDir}, started in ${seconds} s)`);
      warnIfOpen(config, runtime);
    } catch (error) {
      await runtime.close();
      throw error;
    }
  } catch (error) {
    if (!isStartupError(error)) throw error;
    console.error(`Holdfast cannot start.\n${error.message}`);
    process.exit(1);
  }
}

interface Serving {
  server: Server;
  config: Config;
  runtime: Runtime;
  dev: boolean;
}

async function serve({ server, config, runtime, dev }: Serving): Promise<string> {
  const { rootDir: dir, host: hostname, port } = config;
  // Next listens for upgrades on the server it is given: only hot reload needs that.
  const httpServer = dev ? server : createServer();
  const pages = next({ dev, dir, hostname, port, httpServer, quiet: true });
  await pages.prepare();
  const servePage = pages.getRequestHandler();
  server.on("request", (request, response) => {
    void respond({ request, response, runtime, servesApi: !dev, servePage });
  });
  server.on("clientError", (error, socket) => {
    refuseBrokenRequest(error, socket, runtime.context.ids.newRequestId());
  });
  const viewers = acceptUpgrades({ server, runtime, leaveToNext: dev });
  stopOnSignal({ server, runtime, closeViewers: () => viewers.close(), closePages: () => pages.close() });
  return listen(server, config);
}

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  runtime: Runtime;
  servesApi: boolean;
  servePage: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
}

async function respond({ request, response, runtime, servesApi, servePage }: Exchange): Promise<void> {
  try {
    if (API_PATH.test(request.url ?? "")) {
      await (servesApi ? serveApi(request, response, runtime) : servePage(request, response));
    } else if (guardPage(request, response, runtime)) await servePage(request, response);
  } catch (error) {
    // A client that goes away in the middle of its request is no fault of ours, and there is nobody left to answer.
    if (!request.destroyed) runtime.log.error({ err: error, url: request.url }, "request failed");
    response.destroy();
  }
}

async function listen(server: Server, { host, port }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(explainListenError(error, host, port));
    });
    server.listen(port, host, resolve);
  });
  // A TCP server's address is never a string.
  const address = server.address() as AddressInfo;
  const name = host.includes(":") ? `[${host}]` : host;
  return `http://${name}:${String(address.port)}`;
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === "EADDRINUSE") {
    return new StartupError(`PORT: ${String(port)} is in use on ${host}. Stop what uses it, or set another PORT.`);
  }
  if (error.code === "EACCES") return new StartupError(`PORT: no permission to listen on ${String(port)}.`);
  return new StartupError(`HOST: cannot listen on ${host}: ${error.message}`, { cause: error });
}

function warnIfOpen({ host }: Config, { log }: Runtime): void {
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return;
  log.warn(
    { host },
    "listening beyond loopback without authentication: put a reverse proxy with access control in front",
  );
}
