import { expect, it } from "vitest";
import { expiresInMs } from "./expires-in";

const session = { createdAt: "2026-11-20T07:00:00.000Z", uptimeMs: 60_000, expiresAt: "2026-11-20T07:31:00.000Z" };

it("counts down from the registry's own moment of answering", () => {
  expect(expiresInMs(session, 0)).toBe(1_800_000);
  expect(expiresInMs(session, 4_000)).toBe(1_796_000);
});

it("stops at zero and ignores clocks that run backwards", () => {
  expect(expiresInMs(session, 9_000_000)).toBe(0);
  expect(expiresInMs(session, -5_000)).toBe(1_800_000);
});

it("is unknown once the session has ended", () => {
  expect(expiresInMs({ ...session, expiresAt: null }, 0)).toBeNull();
});
