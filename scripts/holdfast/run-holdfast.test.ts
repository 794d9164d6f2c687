import { createServer } from "node:http";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SessionList } from "@/lib/contract/session-list";
import { openSigningKeys } from "@/lib/runtime/signing-keys";
import type { RunResult } from "./check";
import { type LyingRegistry, startLyingRegistry } from "./testing/lying-registry";
import { Capture, runProgram } from "./testing/run-program";

let lying: LyingRegistry;
beforeAll(async () => {
  lying = await startLyingRegistry();
});
afterAll(() => lying.stop());

const openSessions = async () =>
  (await lying.registry.call<SessionList>("GET", "/api/mcp/sessions?status=active,disconnected")).body.sessions;
const SMALL = ["--sessions", "12", "--parallel", "6"];
const check = (name: string, ...options: string[]) => [...["check", name, "--url", lying.url, ...SMALL], ...options];

describe("the command line", () => {
  it.each([[["--help"]], [["-h"]], [["help"]], [["check", "--help"]], [["check", "all", "-h"]], [["keys", "--help"]]])(
    "explains itself: %j",
    async (args) => {
      const { code, out, err } = await runProgram(args);
      expect(out).toMatch(/^Usage: npm run holdfast -- /m);
      expect([code, err]).toEqual([0, ""]);
    },
  );

  it.each([
    [[], /^Usage: /m],
    [["chekc"], /There is no command "chekc"\. Did you mean check\?/],
    [["frobnicate"], /There is no command "frobnicate"\. Choose one of: check, keys\./],
    [["--url", "x"], /Name the command before its options/],
    [["check"], /Say what to check: concurrent, lifecycle, reconnect, all\./],
    [["check", "lifecicle"], /There is no check "lifecicle"\. Did you mean lifecycle\?/],
    [["check", "lifecycle", "reconnect"], /One check at a time, or all/],
    [["check", "all", "--foo"], /Unknown option '--foo'\./],
    [["check", "all", "--idle"], /--idle/],
    [["check", "all", "--idle", "2"], /--idle must be a duration with its unit, such as 500ms, 2s or 1m, not "2"\./],
    [["check", "all", "--idle", "500ms"], /--idle must be from 1 s to 10 min, not 500ms\./],
    [["check", "all", "--sessions", "many"], /--sessions must be a whole number from 1 to 10000, not "many"\./],
    [["check", "all", "--parallel", "1"], /--parallel must be a whole number from 2 to 256, not "1"\./],
    [["check", "all", "--url", "localhost:3738"], /--url must be an address such as/],
    [["check", "all", "--url", "http://me:secret@localhost"], /--url must not hold credentials/],
    [["check", "all", "--header", "nonsense"], /--header must be a name and a value/],
    [["keys"], /Say what to do with the keys: rotate\./],
    [["keys", "rotat"], /Did you mean rotate\?/],
    [["keys", "rotate", "--data-dir", ":memory:"], /A throw-away instance keeps no keys/],
  ])("refuses %j with exit code 2", async (args, message) => {
    const { code, out, err } = await runProgram(args);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([2, ""]);
  });

  it("names the variable when that is where the wrong address comes from", async () => {
    const { code, err } = await runProgram(["check", "all"], { env: { HOLDFAST_URL: "nowhere" } });
    expect([code, err]).toEqual([2, expect.stringMatching(/^HOLDFAST_URL must be an address/)]);
  });
});

describe("an instance that cannot be checked", () => {
  it("does not answer", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    server.close();
    const { code, err } = await runProgram(["check", "all", "--url", `http://127.0.0.1:${String(port)}`]);
    expect(err).toMatch(
      /^Nothing answers at http:\/\/127\.0\.0\.1:\d+ \(connection refused\)\.\nIs Holdfast running\?/,
    );
    expect(code).toBe(2);
  });

  it.each([
    [404, {}, /What answers at .* is not Holdfast: GET \/readyz answered 404\./],
    [200, {}, /is not Holdfast/],
    [401, {}, /asks who you are \(401\)/],
    [421, { code: "host_not_allowed" }, /HOLDFAST_ALLOWED_HOSTS/],
    [503, { code: "shutting_down" }, /is not ready: it answered 503 shutting_down/],
  ])("answers %i %j", async (status, body, message) => {
    lying.lie = () => ({ status, body, headers: {} });
    const { code, err } = await runProgram(check("lifecycle"));
    lying.lie = (_, ask) => ask();
    expect([code, err]).toEqual([2, expect.stringMatching(message)]);
  });

  it("takes too long", async () => {
    lying.lie = () => new Promise(() => undefined);
    const { code, err } = await runProgram(check("lifecycle", "--timeout", "100ms"));
    lying.lie = (_, ask) => ask();
    expect([code, err]).toEqual([2, expect.stringContaining("(no answer within 100 ms)")]);
  });
});

describe("a check", () => {
  it("prints a line per step and a verdict", async () => {
    const { code, out } = await runProgram(check("lifecycle"), { clock: lying.clock });
    const lines = out.trimEnd().split("\n");
    expect(lines[0]).toMatch(/^Checking http:\/\/127\.0\.0\.1:\d+ \(run [0-9a-f]{8}\)$/);
    expect(lines.filter((line) => /^ {2}✓ .* \d+(\.\d+)? m?s/.test(line))).toHaveLength(8);
    expect(lines.at(-1)).toMatch(/^lifecycle: PASSED \(8 steps, [\d.]+ s\)$/);
    expect([code, out.includes("\u001b")]).toEqual([0, false]);
  });

  it("says of a failure what was wrong, and goes on", async () => {
    lying.lie = async (call, ask) =>
      call.path.endsWith("/state") && call.method === "GET" ? { status: 200, body: {}, headers: {} } : ask();
    const { code, out } = await runProgram(check("lifecycle"), { clock: lying.clock });
    lying.lie = (_, ask) => ask();
    expect(out).toMatch(/^ {2}✗ state persists between requests .*\n {6}the state of \S+ is \{\}, not \{"counter":5,/m);
    expect(out).toMatch(/^ {2}✓ messages can be added/m);
    expect(out).toMatch(/^lifecycle: FAILED \(\d of 8 steps failed, /m);
    expect(code).toBe(1);
  });

  it("of everything ends with one verdict", async () => {
    const { code, out } = await runProgram(check("all"), { clock: lying.clock });
    expect(out).toMatch(/\nall: PASSED \(3 checks, 22 steps, [\d.]+ s\)\n$/);
    expect(code).toBe(0);
  });

  it("can be read by machines", async () => {
    const { out, err } = await runProgram(check("lifecycle", "--json"), { clock: lying.clock });
    const result = JSON.parse(out) as RunResult;
    expect(result).toMatchObject({
      url: lying.url,
      outcome: "passed",
      leftBehind: null,
      checks: [{ name: "lifecycle" }],
    });
    expect(result.checks[0]?.steps[0]).toEqual({
      name: "creates a session, and it is active",
      outcome: "passed",
      durationMs: expect.any(Number) as number,
    });
    expect(err).toBe("");
  });

  it("labels what it makes and sends the headers it is given", async () => {
    lying.heard.length = 0;
    const { out } = await runProgram(check("lifecycle", "--header", "Authorization: Bearer abc"), {
      clock: lying.clock,
    });
    const [, run] = /\(run (\w+)\)/.exec(out) ?? [];
    const [created] = lying.heard.filter(({ method, path }) => method === "POST" && path === "/api/mcp/sessions");
    expect(created?.body).toMatchObject({ server: "holdfast-check", labels: { "holdfast-check": run } });
    expect(created?.headers["authorization"]).toBe("Bearer abc");
  });

  it("stops when the instance is gone, and says what it could not do", async () => {
    let calls = 0;
    lying.lie = (_, ask) => {
      calls += 1;
      return calls < 6 ? ask() : new Promise(() => undefined);
    };
    const { code, out } = await runProgram(check("lifecycle", "--timeout", "100ms"), { clock: lying.clock });
    lying.lie = (_, ask) => ask();
    expect(out).toMatch(/no answer within 100 ms/);
    expect(out).toMatch(/^lifecycle: FAILED \(1 of 8 steps failed, 6 not done, /m);
    expect(out).toMatch(/^Could not clean up: .*\n.* expire by themselves within 10 minutes\.$/m);
    expect(code).toBe(1);
    lying.registry.time.advance(600_000);
    expect(await openSessions()).toEqual([]);
  });

  it("closes what it has opened when it is interrupted", async () => {
    const interruption = new AbortController();
    lying.lie = async (call, ask) => {
      if (call.path.endsWith("/messages")) interruption.abort();
      return ask();
    };
    const { code, out } = await runProgram(check("all"), { clock: lying.clock, signal: interruption.signal });
    lying.lie = (_, ask) => ask();
    expect(out).toMatch(/^lifecycle: INTERRUPTED \(8 steps, 6 not done, /m);
    expect(code).toBe(130);
    expect(await openSessions()).toEqual([]);
  });

  it("counts on one line of a terminal, in colour unless NO_COLOR is set", async () => {
    const run = async (env: Record<string, string>) => {
      const out = Object.assign(new Capture(), { isTTY: true });
      await runProgram(check("concurrent"), { clock: lying.clock, out, env });
      return out.text;
    };
    const coloured = await run({});
    expect(coloured).toContain("\r\u001b[2K  … 12 concurrent creates are unique and independent  12 of 12 created");
    expect(coloured).toContain("\u001b[32m✓\u001b[39m");
    const plain = await run({ NO_COLOR: "1" });
    expect(plain).toContain("12 of 12 created");
    expect(plain.replaceAll("\r\u001b[2K", "")).not.toContain("\u001b");
  });
});

describe("keys rotate", () => {
  it("makes a new key the current one and keeps the earlier ones", async () => {
    const folder = mkdtempSync(join(tmpdir(), "holdfast-test-"));
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const keys = openSigningKeys(folder, { now: Date.now(), log });
    const before = keys.current().id;
    const { code, out } = await runProgram(["keys", "rotate", "--data-dir", folder]);
    const after = keys.current().id;
    expect(after).not.toBe(before);
    expect(keys.find(before)).not.toBeNull();
    expect(out).toContain(after);
    expect(out).toContain("1 earlier key verifies until its last token has expired.");
    expect(code).toBe(0);
    expect(readFileSync(join(folder, "signing-keys.json"), "utf8")).toContain(after);
    rmSync(folder, { recursive: true });
  });

  it("says when there are none", async () => {
    const { code, err } = await runProgram(["keys", "rotate"], { env: { HOLDFAST_DATA_DIR: "/nonexistent/holdfast" } });
    expect([code, err]).toEqual([1, expect.stringContaining("/nonexistent/holdfast")]);
  });
});
