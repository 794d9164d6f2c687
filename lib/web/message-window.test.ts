import { expect, it } from "vitest";
import type { MessageList } from "@/lib/contract/messages";
import { addEarlier, addLater } from "./message-window";

/** Messages `first` to `last` of a session that has `messageCount`. */
function pageOf(first: number, last: number, messageCount = last): MessageList {
  const messages = Array.from({ length: last - first + 1 }, (_, index) => ({
    ...{ seq: first + index, id: null, role: "user" as const, content: String(first + index) },
    createdAt: "2026-11-20T07:00:00.000Z",
  }));
  return { messages, nextAfter: null, nextBefore: first > 1 ? first : null, messageCount };
}

const seqsOf = ({ messages }: { messages: readonly { seq: number }[] }) => messages.map(({ seq }) => seq);

it("begins with the latest page and grows at both ends", () => {
  const latest = addLater(undefined, pageOf(5, 6));
  const grown = addEarlier(addLater(latest, pageOf(7, 8)), pageOf(3, 4, 8));
  expect(seqsOf(grown)).toEqual([3, 4, 5, 6, 7, 8]);
  expect(grown).toMatchObject({ nextBefore: 3, messageCount: 8 });
});

it("knows when it has reached the beginning", () => {
  expect(addEarlier(addLater(undefined, pageOf(3, 4)), pageOf(1, 2, 4)).nextBefore).toBeNull();
});

it("adds nothing twice", () => {
  const known = addEarlier(addLater(undefined, pageOf(5, 6)), pageOf(3, 4, 6));
  expect(seqsOf(addLater(known, pageOf(6, 7)))).toEqual([3, 4, 5, 6, 7]);
  expect(addEarlier(known, pageOf(3, 4, 6))).toBe(known);
});

it("keeps its messages as they are when none have come", () => {
  const known = addLater(undefined, pageOf(1, 2));
  const page = { ...pageOf(1, 2), messages: [], nextBefore: null };
  expect(addLater(known, page).messages).toBe(known.messages);
});
