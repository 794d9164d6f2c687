import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, it } from "vitest";
import { freePort } from "./free-port";

it("says which setting to change when a port is taken", async () => {
  const occupant = createServer().listen(0, "127.0.0.1");
  await once(occupant, "listening");
  const { port } = occupant.address() as AddressInfo;
  await expect(freePort("127.0.0.1", port)).rejects.toThrow(
    `Port ${String(port)} is taken. Choose another with --port`,
  );
  occupant.close();
});

it("names the settings when there is no such address to listen on", async () => {
  await expect(freePort("192.0.2.1", 0)).rejects.toThrow("Cannot listen on 192.0.2.1:0");
});

it("leaves the port that it finds to others", async () => {
  const port = await freePort("127.0.0.1", 0);
  expect(port).toBeGreaterThan(0);
  expect(await freePort("127.0.0.1", port)).toBe(port);
});
