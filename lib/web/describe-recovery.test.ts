import { expect, it } from "vitest";
import { describeRecovery } from "./describe-recovery";

const NOW = Date.parse("2026-11-20T12:00:40.000Z");
const until = (expiresAt: string | null) => ({ status: "disconnected", expiresAt }) as const;

it.each([
  ["2026-11-20T12:15:00.000Z", "Recoverable until 12:15:00 (in 14 min 20 s)"],
  ["2026-11-22T12:15:00.000Z", "Recoverable until 22 Nov, 12:15:00 (in 2 d 0 h)"],
  ["2026-11-20T12:00:40.000Z", "Its recovery window is closing now"],
])("counts down to %s", (expiresAt, words) => {
  expect(describeRecovery(until(expiresAt), NOW, "UTC")).toBe(words);
});

it("has nothing to say of sessions in use, or at their end", () => {
  expect(describeRecovery({ status: "active", expiresAt: "2026-11-20T12:15:00.000Z" }, NOW, "UTC")).toBeNull();
  expect(describeRecovery({ status: "expired", expiresAt: null }, NOW, "UTC")).toBeNull();
});
