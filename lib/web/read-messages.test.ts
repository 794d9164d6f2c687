import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { getSessionMessages } from "./api-client";
import { addEarlier, type MessageWindow } from "./message-window";
import { readMessages } from "./read-messages";

let messageCount: number;
let asked: string[];

/** The registry's pages of a session with `messageCount` messages. */
function respond(path: string): Promise<Response> {
  const { searchParams } = new URL(path, "http://localhost");
  asked.push(searchParams.toString());
  const limit = Number(searchParams.get("limit"));
  const before = searchParams.get("before");
  const first =
    before === null
      ? Number(searchParams.get("after")) + 1
      : Math.max(1, Math.min(Number(before), messageCount + 1) - limit);
  const last = Math.min(messageCount, first + limit - 1, before === null ? Infinity : Number(before) - 1);
  const messages = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => ({
    ...{ seq: first + index, id: null, role: "user", content: "hello", createdAt: "2026-11-20T07:00:00.000Z" },
  }));
  const nextBefore = messages.length > 0 && first > 1 ? first : null;
  const nextAfter = messages.length > 0 && last < messageCount ? last : null;
  return Promise.resolve(Response.json({ messages, nextBefore, nextAfter, messageCount }));
}

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", respond);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function read(known: MessageWindow | undefined): Promise<MessageWindow> {
  return readMessages({ id: "x", known: () => known, signal: new AbortController().signal });
}

const rangeOf = ({ messages }: MessageWindow) => [messages.at(0)?.seq, messages.at(-1)?.seq, messages.length];

it("begins with the latest page", async () => {
  messageCount = 120;
  const window = await read(undefined);
  expect(rangeOf(window)).toEqual([71, 120, 50]);
  expect(window.nextBefore).toBe(71);
});

it("asks only for what has come since, however much that is", async () => {
  messageCount = 60;
  const known = await read(undefined);
  messageCount = 510;
  expect(rangeOf(await read(known))).toEqual([11, 510, 500]);
  expect(asked.slice(1)).toEqual(["after=60&limit=200", "after=260&limit=200", "after=460&limit=200"]);
});

it("keeps earlier messages that join while it is waiting", async () => {
  messageCount = 120;
  let known = await read(undefined);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  vi.stubGlobal("fetch", (path: string) => held.then(() => respond(path)));
  const reading = readMessages({ id: "x", known: () => known, signal: new AbortController().signal });
  vi.stubGlobal("fetch", respond);
  known = addEarlier(known, await getSessionMessages("x", { before: 71, limit: 50 }));
  messageCount = 121;
  release();
  expect(rangeOf(await reading)).toEqual([21, 121, 101]);
});
