import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { InstanceList } from "@/lib/contract/instances";
import type { SessionList } from "@/lib/contract/session-list";
import { about } from "./lies";
import { type Lie, type LyingRegistry, startLyingRegistry } from "./lying-registry";
import { runCheck } from "./run-program";

export interface Fault {
  /** The step that is there to find it. */
  fails: RegExp;
  lie: () => Lie;
}

/** A check passes against a registry that does what it should, and finds each fault of one that does not. */
export function describeCheck(name: string, faults: Readonly<Record<string, Fault>>): void {
  let lying: LyingRegistry;
  beforeAll(async () => {
    lying = await startLyingRegistry();
  });
  afterAll(() => lying.stop());
  afterEach(() => {
    lying.lie = (_, ask) => ask();
  });

  it("passes, and leaves nothing open", async () => {
    const { code, result } = await runCheck(name, lying);
    expect(result.checks.flatMap(({ steps }) => steps.filter(({ outcome }) => outcome !== "passed"))).toEqual([]);
    expect([code, result.outcome, result.leftBehind]).toEqual([0, "passed", null]);
    const { registry } = lying;
    const open = await registry.call<SessionList>("GET", "/api/mcp/sessions?status=active,disconnected");
    expect(open.body.sessions).toEqual([]);
    const { body } = await registry.call<InstanceList>("GET", "/api/mcp/instances");
    expect(body.instances.filter(({ status }) => status === "alive")).toEqual([]);
  });

  describe("finds an instance that", () => {
    it.each(Object.entries(faults))("%s", async (_, { fails, lie }) => {
      lying.lie = lie();
      const { code, result } = await runCheck(name, lying);
      const failed = result.checks.flatMap(({ steps }) => steps.filter(({ outcome }) => outcome === "failed"));
      expect(failed.map((step) => step.name)).toEqual(expect.arrayContaining([expect.stringMatching(fails)]));
      expect(failed.every(({ error }) => (error ?? "").length > 10)).toBe(true);
      expect([code, result.outcome]).toEqual([1, "failed"]);
    });

    it("does not let itself be cleaned up", async () => {
      lying.lie = about(/^DELETE /, () => ({ status: 503, body: {}, headers: {} }));
      const { code, result } = await runCheck(name, lying);
      expect([code, result.leftBehind]).toEqual([1, expect.stringMatching(/^\d+ sessions are still open/)]);
    });
  });
}
