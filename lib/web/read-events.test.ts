import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { SessionEventList } from "@/lib/contract/events";
import { readEvents } from "./read-events";

let eventCount: number;
let asked: number[];

/** The registry's pages of a timeline with `eventCount` events. */
function respond(path: string): Promise<Response> {
  const { searchParams } = new URL(path, "http://localhost");
  const after = Number(searchParams.get("after"));
  asked.push(after);
  const last = Math.min(eventCount, after + Number(searchParams.get("limit")));
  const events = Array.from({ length: last - after }, (_, index) => ({
    ...{ seq: after + index + 1, type: "updated", at: "2026-11-20T07:00:00.000Z", reason: null, data: null },
  }));
  return Promise.resolve(Response.json({ events, nextAfter: last < eventCount ? last : null }));
}

beforeEach(() => {
  asked = [];
  vi.stubGlobal("fetch", respond);
});

afterEach(() => {
  vi.unstubAllGlobals();
});

function read(known?: SessionEventList): Promise<SessionEventList> {
  return readEvents({ id: "x", known, signal: new AbortController().signal });
}

const seqsOf = ({ events }: SessionEventList) => events.map(({ seq }) => seq);

it("reads a long timeline to its end", async () => {
  eventCount = 1_200;
  const timeline = await read();
  expect(seqsOf(timeline)).toEqual(Array.from({ length: 1_200 }, (_, index) => index + 1));
  expect(timeline.nextAfter).toBeNull();
});

it("asks only for what has come since", async () => {
  eventCount = 3;
  const known = await read();
  eventCount = 5;
  expect(seqsOf(await read(known))).toEqual([1, 2, 3, 4, 5]);
  expect(asked).toEqual([0, 3]);
});

it("leaves the rest of a very long one to the next time", async () => {
  eventCount = 6_000;
  const begun = await read();
  expect(begun).toMatchObject({ nextAfter: 5_000 });
  expect((await read(begun)).events).toHaveLength(6_000);
});
