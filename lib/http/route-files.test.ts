import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { shareRuntime } from "@/lib/runtime/get-runtime";
import { startTestRegistry, type TestRegistry } from "@/lib/testing/test-registry";
import { dispatch } from "./dispatch";
import { ROUTES } from "./route-table";

type Handler = (request: Request) => Promise<Response>;

const APP = join(process.cwd(), "app");
const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** Answers whatever has no route of its own below /api, so that it too is a problem document. */
const CATCH_ALL = "/api/[...path]";

/** Paths of all route files, as Next reads them from the folders. */
const FILES = readdirSync(APP, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name === "route.ts")
  .map(({ parentPath }) => `/${relative(APP, parentPath).split(sep).join("/")}`)
  .sort();

function templateOf(file: string): string {
  return file.replace(/\[(\w+)\]/g, "{$1}");
}

const load = async (file: string): Promise<Record<string, unknown>> =>
  (await import(/* @vite-ignore */ join(APP, file, "route.ts"))) as Record<string, unknown>;

describe("route files", () => {
  let registry: TestRegistry;
  beforeAll(async () => {
    registry = await startTestRegistry();
    shareRuntime(registry.runtime);
    await registry.call("POST", "/api/mcp/sessions", { body: { id: "known", server: "notes" } });
  });
  afterAll(() => registry.close());

  it("exist for every path of the route table, and for no other", () => {
    const paths = [...new Set(ROUTES.map(({ path }) => path))].sort();
    expect(
      FILES.filter((file) => file !== CATCH_ALL)
        .map(templateOf)
        .sort(),
    ).toEqual(paths);
    expect(FILES).toContain(CATCH_ALL);
  });

  /** An answer without what differs from one call to the next. */
  async function gist(response: Response, file: string) {
    const headers = Object.fromEntries(response.headers);
    delete headers["x-request-id"];
    const text = (await response.text()).replace(/"(requestId|token)":"[^"]*"/, "");
    // Of metrics what they are, not how many requests there have been until now.
    const body = file === "/metrics" ? (text.match(/^#.*$/gm) ?? []) : text;
    return { status: response.status, headers, body };
  }

  describe.each(FILES)("%s", (file) => {
    it("is never answered from a cache and exports every method", async () => {
      const module = await load(file);
      expect(module["dynamic"]).toBe("force-dynamic");
      for (const method of METHODS) expect(module[method], method).toBeTypeOf("function");
    });

    it.each(METHODS)("answers %s like the route table", async (method) => {
      const path = file.replace("[id]", "known").replace("[...path]", "anything/else");
      const hasBody = !["GET", "HEAD", "OPTIONS"].includes(method);
      // Refused by every route that reads a body, so that asking twice changes nothing in between.
      const init = hasBody ? { body: "[1]", headers: { "content-type": "application/json" } } : {};
      const request = () => new Request(`http://127.0.0.1:3738${path}?x=1`, { method, ...init });
      const handler = (await load(file))[method] as Handler;
      const answers = [await handler(request()), await dispatch(request(), registry.runtime)] as const;
      expect(await gist(answers[0], file)).toEqual(await gist(answers[1], file));
    });
  });

  it("create, read and end sessions like the route table", async () => {
    const sessions = await load("/api/mcp/sessions");
    const session = await load("/api/mcp/sessions/[id]");
    const post = sessions["POST"] as Handler;
    const headers = { "content-type": "application/json" };
    const body = JSON.stringify({ id: "a/b", server: "notes" });
    const created = await post(
      new Request("http://127.0.0.1:3738/api/mcp/sessions", { method: "POST", headers, body }),
    );
    expect([created.status, created.headers.get("location")]).toEqual([201, "/api/mcp/sessions/a%2Fb"]);
    const url = "http://127.0.0.1:3738/api/mcp/sessions/a%2Fb";
    const ended = await (session["DELETE"] as Handler)(new Request(url, { method: "DELETE" }));
    expect(await ended.json()).toMatchObject({ id: "a/b", status: "terminated" });
    const read = await registry.call("GET", "/api/mcp/sessions/a%2Fb");
    expect(read.body).toMatchObject({ status: "terminated" });
  });
});
