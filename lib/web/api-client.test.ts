import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { getSession, getSessionHealth, getSessionMessages, getSessionState, terminateSession } from "./api-client";
import { aSession, aSummary } from "./fixtures";

let server: Server;
let respond: RequestListener;
const nodeFetch = globalThis.fetch;

beforeEach(async () => {
  server = createServer((request, response) => {
    respond(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  // Pages call their own origin; here the origin is the server above.
  vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
    nodeFetch(`http://127.0.0.1:${String(port)}${path}`, init),
  );
});

afterEach(async () => {
  vi.unstubAllGlobals();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

function answer(status: number, body: unknown): void {
  respond = (_, response) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

describe("the API client", () => {
  it("answers what the registry says", async () => {
    answer(200, aSummary());
    await expect(getSessionHealth()).resolves.toEqual(aSummary());
  });

  it("encodes ids, and sends the reason of a termination", async () => {
    const seen: unknown[] = [];
    respond = (request, response) => {
      let body = "";
      request.on("data", (chunk) => (body += String(chunk)));
      request.on("end", () => {
        seen.push(request.method, request.url, JSON.parse(body));
        response.end(JSON.stringify(aSession({ id: "a/b%", status: "terminated", health: null })));
      });
    };
    await terminateSession("a/b%", "Runaway agent");
    expect(seen).toEqual(["DELETE", "/api/mcp/sessions/a%2Fb%25", { reason: "Runaway agent" }]);
  });

  it("hands over a problem document with its code and hint", async () => {
    const problem = {
      ...{ type: "/problems/session-gone", title: "The session has ended for good", status: 410, code: "session_gone" },
      ...{ detail: "The session was closed.", hint: "Start a new one.", requestId: "r1", endReason: "client_closed" },
    };
    answer(410, problem);
    await expect(terminateSession("x", "")).rejects.toMatchObject({
      ...{ kind: "problem", title: problem.title, detail: problem.detail, hint: problem.hint },
      problem: { code: "session_gone", endReason: "client_closed" },
    });
  });

  it("says so when the registry cannot be reached", async () => {
    respond = (request) => request.socket.destroy();
    await expect(getSessionHealth()).rejects.toMatchObject({
      kind: "unreachable",
      title: "Holdfast cannot be reached",
    });
  });

  it("gives up on an answer that does not come, and says that the request may have been carried out", async () => {
    respond = () => undefined;
    const timeout = vi.spyOn(AbortSignal, "timeout").mockImplementation(() => AbortSignal.abort());
    await expect(terminateSession("x", "")).rejects.toMatchObject({ kind: "timeout" });
    expect(timeout).toHaveBeenCalledWith(8_000);
    timeout.mockRestore();
  });

  it.each([
    ["is not JSON", "<html>"],
    ["does not have the agreed form", '{"id":"x"}'],
  ])("refuses an answer that %s", async (_, text) => {
    respond = (_request, response) => response.end(text);
    await expect(getSession("x")).rejects.toMatchObject({ kind: "unexpected" });
  });

  it("explains a failure that comes without an explanation", async () => {
    answer(502, "Bad gateway");
    await expect(getSessionHealth()).rejects.toMatchObject({
      kind: "unexpected",
      detail: expect.stringContaining("502") as string,
    });
  });

  it("leaves a cancelled request to whoever cancelled it", async () => {
    respond = () => undefined;
    const reason = new Error("navigated away");
    await expect(getSessionHealth(AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it("reads a state with the version that its ETag names", async () => {
    respond = (_, response) => response.setHeader("etag", 'W/"3"').end('{"counter":5}');
    await expect(getSessionState("x")).resolves.toEqual({ state: { counter: 5 }, version: 3 });
  });

  it("does not transfer a state again that it has", async () => {
    const known = { state: { counter: 5 }, version: 3 };
    respond = (request, response) => {
      const isKnown = request.headers["if-none-match"] === '"3"';
      response.writeHead(isKnown ? 304 : 200, { etag: isKnown ? '"3"' : '"4"' }).end(isKnown ? "" : "{}");
    };
    await expect(getSessionState("x", { known })).resolves.toBe(known);
    await expect(getSessionState("x", { known: { ...known, version: 2 } })).resolves.toEqual({ state: {}, version: 4 });
  });

  it("refuses a state without a version", async () => {
    answer(200, {});
    await expect(getSessionState("x")).rejects.toMatchObject({ kind: "unexpected" });
  });

  it("asks for a page of messages", async () => {
    const page = { messages: [], nextAfter: null, nextBefore: null, messageCount: 0 };
    const urls: unknown[] = [];
    respond = (request, response) => {
      urls.push(request.url);
      response.end(JSON.stringify(page));
    };
    await expect(getSessionMessages("a/b", { before: 51, limit: 50 })).resolves.toEqual(page);
    await getSessionMessages("a/b", { after: 100, limit: 200 });
    expect(urls).toEqual([
      "/api/mcp/sessions/a%2Fb/messages?before=51&limit=50",
      "/api/mcp/sessions/a%2Fb/messages?after=100&limit=200",
    ]);
  });
});
