import { expect, it } from "vitest";
import { messageParts } from "./message-parts";

it("shows plain content as it is", () => {
  expect(messageParts("a\n<b>b</b>")).toEqual([{ kind: "text", text: "a\n<b>b</b>" }]);
});

it("shows text blocks as text and others as JSON, in their order", () => {
  const image = { type: "image", data: "aGk=", mimeType: "image/png" };
  expect(messageParts([{ type: "text", text: "Look:" }, image, { type: "text", text: "Well?" }])).toEqual([
    { kind: "text", text: "Look:" },
    { kind: "json", label: "image", value: image },
    { kind: "text", text: "Well?" },
  ]);
});

it("hides nothing that comes with a text", () => {
  expect(messageParts([{ type: "text", text: "hi", annotations: { priority: 1 } }])).toEqual([
    { kind: "text", text: "hi" },
    { kind: "json", label: "about this text", value: { annotations: { priority: 1 } } },
  ]);
});

it("takes a block as JSON when it is not what its type says", () => {
  expect(messageParts([{ type: "text", text: 7 }, { text: "untyped" }, { type: 3 }])).toEqual([
    { kind: "json", label: "text", value: { type: "text", text: 7 } },
    { kind: "json", label: "content block", value: { text: "untyped" } },
    { kind: "json", label: "content block", value: { type: 3 } },
  ]);
});
