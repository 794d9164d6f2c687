import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { MAX_WATCHED, SingleFrame, Subscribe } from "./live";

const DOCUMENT = readFileSync("docs/live.md", "utf8");

it("is documented, frame by frame and field by field", () => {
  const types = SingleFrame.options.map(({ shape }) => shape.type.value);
  const reasons = SingleFrame.options.flatMap(({ shape }) =>
    shape.type.value === "resync" ? resyncReasons(shape) : [],
  );
  for (const name of [...types, ...reasons, ...Object.keys(Subscribe.shape).filter((key) => key !== "type")]) {
    expect(DOCUMENT).toContain(`\`${name}\``);
  }
  expect(DOCUMENT).toContain(`up to ${String(MAX_WATCHED)} sessions`);
});

function resyncReasons(shape: object): string[] {
  return "reason" in shape ? (shape.reason as { options: string[] }).options : [];
}
