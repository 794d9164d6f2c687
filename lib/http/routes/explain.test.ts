import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";

interface Explanation {
  status: string;
  sentence: string;
  evidence: { fact: string; at: string | null; value: string | null }[];
}

const MINUTE = 60_000;
let registry: TestRegistry;
let id: string;

beforeAll(async () => {
  registry = await startTestRegistry();
});
afterAll(() => registry.close());
beforeEach(async () => {
  id = await create({});
});

async function create(body: object): Promise<string> {
  const answer = await registry.call<{ id: string }>("POST", "/api/mcp/sessions", {
    body: { server: "notes", ...body },
  });
  return answer.body.id;
}
const explain = async () => (await registry.call<Explanation>("GET", `/api/mcp/sessions/${id}/explain`)).body;
const beat = (body: object) => registry.call("POST", `/api/mcp/sessions/${id}/heartbeat`, { body });
const end = (body: object) => registry.call("DELETE", `/api/mcp/sessions/${id}`, { body });

describe("explaining a session", () => {
  it("whose client went quiet while its server kept reporting", async () => {
    for (let minute = 0; minute < 30; minute += 1) {
      await beat({ requests: 0 });
      registry.time.advance(MINUTE);
    }
    const { status, sentence } = await explain();
    expect(status).toBe("expired");
    expect(sentence).toBe(
      "Expired after 30 min without a request; its MCP server kept reporting on it until the end, so the client went quiet, the server did not.",
    );
  });

  it("whose server went quiet as well", async () => {
    await beat({});
    registry.time.advance(30 * MINUTE);
    expect((await explain()).sentence).toBe(
      "Expired after 30 min without a request; its MCP server had not reported on it for 30 min either, so it may have gone away itself.",
    );
  });

  it("that nobody ever reported on", async () => {
    registry.time.advance(30 * MINUTE);
    expect((await explain()).sentence).toContain("its MCP server never reported on it");
  });

  it("that lived as long as it was allowed to", async () => {
    id = await create({ lifetimeMs: 90 * MINUTE, idleTimeoutMs: 60 * MINUTE });
    registry.time.advance(40 * MINUTE);
    await beat({});
    registry.time.advance(50 * MINUTE);
    expect((await explain()).sentence).toBe(
      "Expired after 1 h 30 min, the longest it was allowed to live; it was last used 50 min before its end.",
    );
  });

  it("that its client closed", async () => {
    registry.time.advance(65_000);
    await end({ as: "closed", by: "client" });
    expect((await explain()).sentence).toBe("Closed by its client after 1 min 5 s; that is how a session should end.");
  });

  it("that its server closed", async () => {
    registry.time.advance(1_500);
    await end({ as: "closed", reason: "too many sessions" });
    expect((await explain()).sentence).toBe("Closed by its MCP server after 1 s: “too many sessions”.");
  });

  it("that an operator terminated, in the operator's words", async () => {
    registry.time.advance(20);
    await end({ reason: "runaway agent" });
    const { sentence, evidence } = await explain();
    expect(sentence).toBe("Terminated by an operator after 20 ms: “runaway agent”.");
    expect(evidence).toContainEqual({ fact: "reason_given", at: null, value: "runaway agent" });
    expect(evidence.find(({ fact }) => fact === "ended")).toMatchObject({ value: "operator_terminated" });
  });

  it("that is alive, with what is left of its time", async () => {
    registry.time.advance(10 * MINUTE);
    expect((await explain()).sentence).toBe(
      "Active; last used 10 min ago; it expires in 20 min unless it is used before.",
    );
    await beat({ inFlight: 2 });
    expect((await explain()).sentence).toContain("Active; 2 in flight");
  });

  it("that nobody knows is not found", async () => {
    id = "nobody";
    expect(await explain()).toMatchObject({ code: "session_not_found" });
  });
});
