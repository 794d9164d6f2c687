import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonObject, LabelKey, SessionId, text } from "./primitives";

const admits = (schema: { safeParse: (value: unknown) => { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

describe("SessionId", () => {
  it("is any visible ASCII up to 256 characters, as MCP has it", () => {
    const visible = fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit: visible, minLength: 3, maxLength: 256 }), (id) => {
        fc.pre(!["health", "facets", "export"].includes(id));
        expect(admits(SessionId, id)).toBe(true);
      }),
    );
  });

  it("is nothing with any other character in it", () => {
    const other = fc
      .string({ unit: "binary", minLength: 1, maxLength: 1 })
      .filter((char) => !/^[\x21-\x7e]$/.test(char));
    fc.assert(
      fc.property(other, (char) => {
        expect(admits(SessionId, `a${char}b`)).toBe(false);
      }),
    );
  });

  it.each(["", "health", "facets", "export", ".", "..", "x".repeat(257)])("is not %j", (id) => {
    expect(admits(SessionId, id)).toBe(false);
  });
});

describe("text", () => {
  it.each(["notes", "ノート 📝", "a  b", "x".repeat(20)])("takes %j", (value) => {
    expect(admits(text(20), value)).toBe(true);
  });

  it.each(["", " a", "a ", "\t", "a\nb", "a\u007f", "a\u0085b", "\ud83d", "x".repeat(21), 1, null])(
    "refuses %j",
    (value) => {
      expect(admits(text(20), value)).toBe(false);
    },
  );
});

describe("LabelKey", () => {
  it.each(["a", "team", "app.kubernetes.io/name", "A_b-c", "x".repeat(63)])("takes %j", (key) => {
    expect(admits(LabelKey, key)).toBe(true);
  });

  it.each(["", "-a", "a-", ".", "a b", "ä", "__proto__", "x".repeat(64)])("refuses %j", (key) => {
    expect(admits(LabelKey, key)).toBe(false);
  });
});

describe("jsonObject", () => {
  it("counts bytes, not characters, up to and including the limit", () => {
    const withBytes = (bytes: number) => ({ a: "é".repeat((bytes - 8) / 2) });
    expect(admits(jsonObject(100), withBytes(100))).toBe(true);
    expect(admits(jsonObject(100), withBytes(102))).toBe(false);
  });

  it.each([[[]], [null], ["text"], [1]])("refuses %j", (value) => {
    expect(admits(jsonObject(100), value)).toBe(false);
  });
});
