import { afterEach, beforeEach } from "vitest";
import { instanceCalls } from "./instance-calls";
import { LiveClient, type LiveClientOptions } from "./live-client";
import { type LiveServer, serveLive } from "./serve-live";
import { startTestRegistry, type TestRegistry, type TestRegistryOptions } from "./test-registry";

/** What tests of the live feed work with: a registry on a real port, new for each test, and viewers of it. */
export interface LiveFixture {
  readonly registry: TestRegistry;
  readonly served: LiveServer;
  readonly calls: ReturnType<typeof instanceCalls>;
  /** A viewer that has been greeted; it leaves when the test is over. */
  open(options?: LiveClientOptions): Promise<LiveClient>;
  /** Ends a session as an operator does. */
  terminate(id: string): Promise<unknown>;
}

export function liveFixture(options?: TestRegistryOptions): LiveFixture {
  let registry: TestRegistry;
  let served: LiveServer;
  let calls: ReturnType<typeof instanceCalls>;
  const clients: LiveClient[] = [];
  beforeEach(async () => {
    registry = await startTestRegistry(options);
    served = await serveLive(registry.runtime);
    calls = instanceCalls(registry);
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await served.close();
    await registry.close();
  });
  return {
    get registry() {
      return registry;
    },
    get served() {
      return served;
    },
    get calls() {
      return calls;
    },
    open: async (clientOptions) => {
      const client = await LiveClient.open(served.url, clientOptions);
      clients.push(client);
      return client;
    },
    terminate: (id) => registry.call("DELETE", `/api/mcp/sessions/${id}`, { body: { reason: "enough" } }),
  };
}
