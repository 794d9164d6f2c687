import { describe, expect, it } from "vitest";
import { ERROR_CODES, HoldfastError } from "@/lib/domain/errors";
import { problemResponse, toProblem } from "./problem";
import { PROBLEMS } from "./problem-table";

describe("toProblem", () => {
  it("says what went wrong, with the error's own fields", () => {
    const error = new HoldfastError("session_exists", "Taken.", { existing: "/there", cause: new Error("secret") });
    expect(toProblem(error, "request-1")).toEqual({
      type: "/problems/session-exists",
      title: "The session exists already",
      status: 409,
      code: "session_exists",
      detail: "Taken.",
      hint: "Read it at `existing`, or register another id.",
      requestId: "request-1",
      existing: "/there",
    });
  });

  it.each([new Error("password=hunter2"), new TypeError("x is undefined"), "text", null, { code: "session_gone" }])(
    "reveals nothing of an error that nobody foresaw",
    (error) => {
      const problem = toProblem(error, "request-1");
      expect(problem).toMatchObject({ status: 500, code: "internal_error", detail: "An unexpected error occurred." });
      expect(JSON.stringify(problem)).not.toContain("hunter2");
    },
  );

  it("lets no field of an error pass for another code or status", () => {
    const error = new HoldfastError("session_gone", "Gone.", { status: 200, code: "ok", requestId: "forged" });
    expect(toProblem(error, "request-1")).toMatchObject({ status: 410, code: "session_gone", requestId: "request-1" });
  });

  it("has a status and a title for every code, and a 5xx only for what is not the client's fault", () => {
    const ours = [
      "too_many_viewers",
      "storage_busy",
      "storage_full",
      "storage_unavailable",
      "shutting_down",
      "internal_error",
    ];
    expect(ERROR_CODES.filter((code) => PROBLEMS[code].status >= 500)).toEqual(ours);
    for (const code of ERROR_CODES) expect(PROBLEMS[code].title).not.toBe("");
  });

  it("says when to come back where that makes sense", () => {
    const retryAfter = (code: (typeof ERROR_CODES)[number]) =>
      problemResponse(new HoldfastError(code, "x"), "request-1").headers["retry-after"];
    expect(["storage_busy", "storage_full", "shutting_down"].map((code) => retryAfter(code as "storage_busy"))).toEqual(
      ["1", "10", "2"],
    );
    expect(retryAfter("session_gone")).toBeUndefined();
  });

  it("asks for a token where one was refused, and only there", () => {
    const challenge = (code: (typeof ERROR_CODES)[number]) =>
      problemResponse(new HoldfastError(code, "x"), "request-1").headers["www-authenticate"];
    for (const code of ERROR_CODES) {
      const expected = PROBLEMS[code].status === 401 ? 'Bearer error="invalid_token"' : undefined;
      expect(challenge(code), code).toBe(expected);
    }
    expect(challenge("token_invalid")).toBeDefined();
  });
});
