import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor } from "./cursor";
import { SESSION_SORTS } from "./session-list";

const order = fc.record({
  sort: fc.constantFrom(...SESSION_SORTS),
  order: fc.constantFrom("asc" as const, "desc" as const),
});
const position = fc.record({ value: fc.option(fc.maxSafeInteger()), pk: fc.integer({ min: 1 }) });

describe("cursor", () => {
  it("leads back to the position that it was made from, in an address-safe form", () => {
    fc.assert(
      fc.property(order, position, (wanted, at) => {
        const cursor = encodeCursor({ ...wanted, ...at });
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(cursor, wanted)).toEqual(at);
      }),
    );
  });

  it("is good for its own order only", () => {
    fc.assert(
      fc.property(order, order, position, (made, wanted, at) => {
        fc.pre(made.sort !== wanted.sort || made.order !== wanted.order);
        expect(decodeCursor(encodeCursor({ ...made, ...at }), wanted)).toBe("invalid");
      }),
    );
  });

  it("is refused when it is anything else", () => {
    const wanted = { sort: "createdAt", order: "desc" } as const;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.json().map((text) => encodeURIComponent(text)),
        ),
        (text) => {
          expect(decodeCursor(text, wanted)).toBe("invalid");
        },
      ),
    );
  });
});
