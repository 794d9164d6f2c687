import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HoldfastError } from "@/lib/domain/errors";
import { refuseBrokenRequest } from "./refuse-broken-request";
import { refuseSocket } from "./refuse-socket";

const upgradeOf = (path: string) =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
const UPGRADE = upgradeOf("/x");
/** Before the answer to it comes more than the kernel holds for a client that does not read. */
const FLOODED = "/flooded";

describe("a refused connection", () => {
  let server: Server;
  let client: Socket;

  beforeEach(async () => {
    server = createServer();
    server.on("upgrade", (request, socket) => {
      socket.on("error", () => undefined);
      if (request.url === FLOODED) socket.write(Buffer.alloc(16 * 1024 * 1024));
      refuseSocket(new HoldfastError("route_not_found", "Nothing is served at this path."), socket, "request-1");
    });
    server.on("clientError", (error, socket) => {
      refuseBrokenRequest(error, socket, "request-1");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    // A TCP server's address is never a string.
    const { port } = server.address() as AddressInfo;
    client = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    client.on("error", () => undefined);
    await once(client, "connect");
  });
  afterEach(() => {
    client.destroy();
    server.close();
  });

  const openConnections = (): Promise<number> =>
    new Promise((resolve, reject) => {
      server.getConnections((error, count) => {
        if (error) reject(error);
        else resolve(count);
      });
    });
  /** However long the client keeps its own end open. */
  const expectGone = () => expect.poll(openConnections, { timeout: 5_000 }).toBe(0);

  async function readAnswer(): Promise<string> {
    let text = "";
    client.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
    await once(client, "end");
    return text;
  }

  it.each([
    ["an upgrade", UPGRADE, { status: 404, code: "route_not_found" }],
    ["what is no request", "NONSENSE\r\n\r\n", { status: 400, code: "malformed_request" }],
  ])("is answered and then gone after %s, though the client has more to say", async (_, request, problem) => {
    client.write(request);
    const answer = await readAnswer();
    client.end("and one more thing");
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${String(problem.status)} `));
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ ...problem, requestId: "request-1" });
    await expectGone();
  });

  it("is gone though the client never closes", async () => {
    client.write(UPGRADE);
    expect(await readAnswer()).toMatch(/^HTTP\/1\.1 404 /);
    await expectGone();
  });

  it("is gone though the client never reads", async () => {
    client.pause();
    client.write(upgradeOf(FLOODED));
    await once(server, "upgrade");
    expect(await openConnections()).toBe(1);
    await expectGone();
  });

  it("is answered in full though the client is still sending", async () => {
    client.write(UPGRADE);
    client.write(Buffer.alloc(4 * 1024 * 1024, "x"));
    const answer = await readAnswer();
    expect(JSON.parse(answer.slice(answer.indexOf("\r\n\r\n")))).toMatchObject({ code: "route_not_found" });
    await expectGone();
  });
});
