import { describe, expect, it } from "vitest";
import { ERROR_CODES, HoldfastError, isHoldfastError } from "./errors";
import { isStartupError, StartupError } from "./startup-error";

/** What another bundle's copy of the class looks like: same brand, other constructor. */
class CopyOfHoldfastError extends Error {
  override readonly name = "HoldfastError";
  readonly code = "storage_busy";
  readonly fields = {};
}

class CopyOfStartupError extends Error {
  override readonly name = "StartupError";
}

describe("HoldfastError", () => {
  it("carries its code, detail, cause and further fields", () => {
    const cause = new Error("below");
    const error = new HoldfastError("session_exists", "Taken.", { cause, existing: "/there" });
    expect(error).toMatchObject({ code: "session_exists", message: "Taken.", cause, fields: { existing: "/there" } });
    expect(error.fields).not.toHaveProperty("cause");
  });

  it("is recognised across copies of its class, and nothing else is", () => {
    expect(isHoldfastError(new HoldfastError("session_gone", "Gone."))).toBe(true);
    expect(isHoldfastError(new CopyOfHoldfastError("elsewhere"))).toBe(true);
    expect(isHoldfastError(new Error("plain"))).toBe(false);
    expect(isHoldfastError({ name: "HoldfastError", code: "session_gone" })).toBe(false);
  });

  it("has every code once", () => {
    expect(new Set(ERROR_CODES).size).toBe(ERROR_CODES.length);
  });
});

describe("StartupError", () => {
  it("is recognised across copies of its class, and nothing else is", () => {
    expect(isStartupError(new StartupError("No."))).toBe(true);
    expect(isStartupError(new CopyOfStartupError("No."))).toBe(true);
    expect(isStartupError(new Error("No."))).toBe(false);
  });
});
