import { describe, expect, it } from "vitest";
import { isStartupError } from "@/lib/domain/startup-error";
import { loadConfig } from "./config";

function refusal(env: Record<string, string>): string {
  try {
    loadConfig(env, "/srv");
  } catch (error) {
    if (isStartupError(error)) return error.message;
    throw error;
  }
  throw new Error("the settings were not refused");
}

describe("loadConfig", () => {
  it("needs nothing", () => {
    expect(loadConfig({}, "/srv")).toEqual({
      host: "127.0.0.1",
      port: 3738,
      dataDir: "./data",
      rootDir: "/srv",
      allowedHosts: [],
      maxViewers: 10_000,
      logLevel: "info",
      unknownSettings: [],
      policy: {
        thresholds: { agingAfterMs: 300_000, staleAfterMs: 600_000 },
        defaultIdleTimeoutMs: 1_800_000,
        leaseMs: 30_000,
        recoveryWindowMs: 900_000,
        tokenTtlMs: 900_000,
        bootGraceMs: 60_000,
        retentionMs: 30 * 86_400_000,
      },
    });
  });

  it("takes every setting", () => {
    const env = {
      HOST: "0.0.0.0",
      PORT: "0",
      HOLDFAST_DATA_DIR: ":memory:",
      HOLDFAST_ALLOWED_HOSTS: "Registry.Example, other.example,,",
      HOLDFAST_IDLE_TIMEOUT_MS: "1000",
      HOLDFAST_AGING_AFTER_MS: "100",
      HOLDFAST_STALE_AFTER_MS: "200",
      HOLDFAST_BOOT_GRACE_MS: "0",
      HOLDFAST_TOKEN_TTL_MS: "1000",
      HOLDFAST_RETENTION_DAYS: "8",
      HOLDFAST_MAX_VIEWERS: "5",
      HOLDFAST_LOG_LEVEL: "silent",
    };
    expect(loadConfig(env, "/srv")).toMatchObject({
      host: "0.0.0.0",
      port: 0,
      dataDir: ":memory:",
      allowedHosts: ["registry.example", "other.example"],
      maxViewers: 5,
      logLevel: "silent",
      unknownSettings: [],
      policy: {
        thresholds: { agingAfterMs: 100, staleAfterMs: 200 },
        defaultIdleTimeoutMs: 1_000,
        bootGraceMs: 0,
        tokenTtlMs: 1_000,
        retentionMs: 8 * 86_400_000,
      },
    });
  });

  it.each([
    ["HOST", "", "must not be empty"],
    ["PORT", "http", "must be a whole number, without sign or unit"],
    ["PORT", "65536", "must be at most 65535"],
    ["PORT", "-1", "must be a whole number, without sign or unit"],
    ["PORT", "", "must be a whole number, without sign or unit"],
    ["HOLDFAST_DATA_DIR", "", "must not be empty"],
    ["HOLDFAST_IDLE_TIMEOUT_MS", "999", "must be at least 1000"],
    ["HOLDFAST_IDLE_TIMEOUT_MS", "30m", "must be a whole number, without sign or unit"],
    ["HOLDFAST_AGING_AFTER_MS", "1e3", "must be a whole number, without sign or unit"],
    ["HOLDFAST_STALE_AFTER_MS", "1", "must be at least 100"],
    ["HOLDFAST_BOOT_GRACE_MS", "86400001", "must be at most 86400000"],
    ["HOLDFAST_TOKEN_TTL_MS", "86400001", "must be at most 86400000"],
    ["HOLDFAST_RETENTION_DAYS", "7", "must be at least 8"],
    ["HOLDFAST_LOG_LEVEL", "loud", "must be one of fatal, error, warn, info, debug, trace, silent"],
  ])("refuses %s=%j in words that name it", (name, value, why) => {
    expect(refusal({ [name]: value }).split("\n")[0]).toBe(`${name}: ${why} (is ${JSON.stringify(value)})`);
  });

  it("names all that are wrong at once, a line each", () => {
    const message = refusal({ PORT: "x", HOLDFAST_LOG_LEVEL: "loud", HOLDFAST_RETENTION_DAYS: "1" });
    expect(message.split("\n").map((line) => line.split(":")[0])).toEqual([
      "PORT",
      "HOLDFAST_RETENTION_DAYS",
      "HOLDFAST_LOG_LEVEL",
    ]);
  });

  it("refuses thresholds that leave no room for aging", () => {
    const env = { HOLDFAST_AGING_AFTER_MS: "5000", HOLDFAST_STALE_AFTER_MS: "5000" };
    expect(refusal(env)).toMatch(/^HOLDFAST_STALE_AFTER_MS: must be greater than HOLDFAST_AGING_AFTER_MS/);
    expect(refusal({ HOLDFAST_AGING_AFTER_MS: "600000" })).toMatch(/^HOLDFAST_STALE_AFTER_MS/);
  });

  it("points out settings that it does not know, and minds no others", () => {
    const { unknownSettings } = loadConfig({ HOLDFAST_DATADIR: "x", PATH: "/bin", HOLDFAST_LOG_LEVEL: "info" }, "/srv");
    expect(unknownSettings).toEqual(["HOLDFAST_DATADIR"]);
  });

  it("cannot be changed afterwards", () => {
    const config = loadConfig({}, "/srv");
    expect([config, config.policy, config.policy.thresholds].every(Object.isFrozen)).toBe(true);
  });
});
