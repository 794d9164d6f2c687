import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { serveApi } from "@/lib/http/node-adapter";
import { startTestRegistry, type TestRegistry, type TestRegistryOptions } from "./test-registry";

/** A test registry that programs reach on a real port. */
export interface ServedRegistry extends TestRegistry {
  url: string;
  /** Whether GET on an instance's commands is answered, rather than with 503 as a proxy might that cannot stream. */
  streams: boolean;
  /** Whether every request is answered with 503. */
  isAway: boolean;
}

export async function serveTestRegistry(options?: TestRegistryOptions): Promise<ServedRegistry> {
  const registry = await startTestRegistry(options);
  const http = createServer((request, response) => {
    const isStream = request.method === "GET" && request.url?.includes("/commands?");
    if (served.isAway || (isStream && !served.streams)) response.writeHead(503).end();
    else void serveApi(request, response, registry.runtime);
  });
  await once(http.listen(0, "127.0.0.1"), "listening");
  // Keeps the getters of the registry, whose runtime changes when it restarts.
  const served: ServedRegistry = Object.create(registry, {
    url: { value: `http://127.0.0.1:${String((http.address() as AddressInfo).port)}` },
    streams: { value: true, writable: true },
    isAway: { value: false, writable: true },
    close: {
      value: async () => {
        http.close();
        http.closeAllConnections();
        await registry.close();
      },
    },
  }) as ServedRegistry;
  return served;
}
