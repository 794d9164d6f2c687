import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { isStartupError, StartupError } from "@/lib/domain/startup-error";
import { guardPage } from "@/lib/http/guard-page";
import { serveApi } from "@/lib/http/node-adapter";
import { refuseBrokenRequest } from "@/lib/http/refuse-broken-request";
import { type Config, loadConfig } from "@/lib/runtime/config";
import { createRuntime, type Runtime } from "@/lib/runtime/create-runtime";
import { shareRuntime } from "@/lib/runtime/get-runtime";
import { stopOnSignal } from "@/lib/runtime/stop-on-signal";

const API_PATH = /^\/(?:api(?:\/|$|\?)|livez(?:$|\?)|readyz(?:$|\?))/;

/** The process: config → runtime → HTTP → shutdown. In development Next serves the API too, with hot reload. */
export async function main({ dev }: { dev: boolean }): Promise<void> {
  const startedAt = performance.now();
  try {
    const config = loadConfig(process.env, process.cwd());
    const pages = next({ dev, dir: config.rootDir, hostname: config.host, port: config.port, quiet: true });
    const [runtime] = await Promise.all([createRuntime(config), pages.prepare()]);
    shareRuntime(runtime);

    const servePage = pages.getRequestHandler();
    const server = createServer({ requestTimeout: 30_000, headersTimeout: 15_000, keepAliveTimeout: 65_000 });
    server.on("request", (request, response) => {
      void respond({ request, response, runtime, servesApi: !dev, servePage });
    });
    server.on("clientError", (error, socket) => {
      refuseBrokenRequest(error, socket, runtime.context.ids.newRequestId());
    });
    if (dev) serveHotReload(server, pages.getUpgradeHandler());
    const url = await listen(server, config);
    stopOnSignal({ server, runtime, closePages: () => pages.close() });

    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    console.log(`Holdfast is ready at ${url}/mcp (data: ${config.dataDir}, started in ${seconds} s)`);
    warnIfOpen(config, runtime);
  } catch (error) {
    if (!isStartupError(error)) throw error;
    console.error(`Holdfast cannot start.\n${error.message}`);
    process.exit(1);
  }
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
    if (servesApi && API_PATH.test(request.url ?? "")) await serveApi(request, response, runtime);
    else if (guardPage(request, response, runtime)) await servePage(request, response);
  } catch (error) {
    // A client that goes away in the middle of its request is no fault of ours, and there is nobody left to answer.
    if (!request.destroyed) runtime.log.error({ err: error, url: request.url }, "request failed");
    response.destroy();
  }
}

function serveHotReload(server: Server, upgrade: ReturnType<ReturnType<typeof next>["getUpgradeHandler"]>): void {
  server.on("upgrade", (request, socket, head) => void upgrade(request, socket, head));
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
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new StartupError(`HOST: ${host} is not an address of this machine.`);
  }
  return error;
}

function warnIfOpen({ host }: Config, { log }: Runtime): void {
  if (["127.0.0.1", "localhost", "::1"].includes(host)) return;
  log.warn(
    { host },
    "listening beyond loopback without authentication: put a reverse proxy with access control in front",
  );
}
