import { once } from "node:events";
import { createServer, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { guardPage } from "./guard-page";

describe("guardPage", () => {
  let registry: TestRegistry;
  let server: Server;
  beforeAll(async () => {
    registry = await startTestRegistry();
    server = createServer((incoming, outgoing) => {
      if (guardPage(incoming, outgoing, registry.runtime)) outgoing.end("page");
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
  });
  afterAll(async () => {
    server.close();
    await registry.close();
  });

  async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
    const { port } = server.address() as AddressInfo;
    const sent = request({ host: "127.0.0.1", port, path, method, headers, agent: false }).end();
    const [response] = (await once(sent, "response")) as [IncomingMessage];
    let text = "";
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, type: response.headers["content-type"], text };
  }

  it("lets a page be served under a name of ours", async () => {
    expect(await get("/mcp?range=1h")).toMatchObject({ status: 200, text: "page" });
    expect(await get("/mcp/sessions/a%2Fb")).toMatchObject({ status: 200 });
  });

  it("answers a rebound name, a foreign page's change and a broken path as problems", async () => {
    const answers = [
      await get("/mcp", { host: "evil.example" }),
      await get("/mcp", { origin: "https://evil.example" }, "POST"),
      await get("/mcp/sessions/%zz"),
    ];
    const codes = answers.map(({ text }) => (JSON.parse(text) as { code: string }).code);
    expect(codes).toEqual(["host_not_allowed", "cross_origin_request", "invalid_request"]);
    expect(answers.map(({ status }) => status)).toEqual([421, 403, 400]);
    expect(answers.every(({ type }) => type === "application/problem+json")).toBe(true);
  });
});
