import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { untilReady } from "./until-ready";

it("waits until the answer is 200", async () => {
  const statuses = [503, 503, 200];
  const server = createServer((_, response) => response.writeHead(statuses.shift() ?? 500).end()).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await untilReady(`http://127.0.0.1:${String(port)}/readyz`, 10_000, () => undefined);
  expect(statuses).toEqual([]);
  server.close();
});

it("gives up with an error that names the address", async () => {
  await expect(untilReady("http://127.0.0.1:1/readyz", 0, () => undefined)).rejects.toThrow(
    "http://127.0.0.1:1/readyz",
  );
});
