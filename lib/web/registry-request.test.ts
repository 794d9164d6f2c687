import { describe, expect, it } from "vitest";
import { Session } from "@/lib/contract/session";
import { SessionList } from "@/lib/contract/session-list";
import { aSession } from "./fixtures";
import { readAnswer } from "./registry-request";

function read(status: number, body: object, schema: typeof Session | typeof SessionList = Session) {
  return readAnswer({ status, etag: null, text: JSON.stringify(body) }, schema);
}

const problem = {
  ...{ type: "/problems/validation", title: "The request is not valid", status: 400, code: "invalid_request" },
  ...{ detail: "See errors.", requestId: "r1" },
};

describe("reading an answer", () => {
  it("ignores what a newer registry adds", () => {
    expect(read(200, { ...aSession(), region: "eu-1" })).toEqual(aSession());
    const list = { sessions: [aSession()], nextCursor: null, generatedAt: aSession().createdAt };
    const newer = { ...list, sessions: [{ ...aSession(), region: "eu-1" }], tookMs: 3 };
    expect(read(200, newer, SessionList)).toEqual(list);
  });

  it("understands the problems of a newer registry", () => {
    const errors = [{ pointer: "/reason", detail: "is too long" }];
    const newer = { ...problem, errors: errors.map((error) => ({ ...error, limit: 100 })) };
    expect(() => read(400, newer)).toThrow(expect.objectContaining({ problem: { ...problem, errors } }) as Error);
  });

  it("refuses what it cannot read", () => {
    const refusal = expect.objectContaining({ kind: "unexpected" }) as Error;
    expect(() => read(200, { ...aSession(), status: "asleep" })).toThrow(refusal);
    expect(() => read(200, { ...aSession(), status: "asleep", region: "eu-1" })).toThrow(refusal);
  });
});
