import { expect, it } from "vitest";
import { readEventStream, type ServerSentEvent } from "./read-event-stream";

const encoder = new TextEncoder();

async function read(bytes: Uint8Array, chunkSize: number): Promise<ServerSentEvent[]> {
  async function* chunks() {
    for (let start = 0; start < bytes.length; start += chunkSize) yield bytes.subarray(start, start + chunkSize);
  }
  const events: ServerSentEvent[] = [];
  for await (const event of readEventStream(chunks())) events.push(event);
  return events;
}

const STREAM = encoder.encode(
  'retry: 1000\n: open\n\nid: c-1\nevent: command\ndata: {"reason":"Größe: 3"}\n\n: ping\n\n' +
    "event: drain\r\ndata: null\r\n\r\ndata: a\ndata: b\n\ndata: unfinished",
);

it.each([1, 7, STREAM.length])("reads events from pieces of %i bytes", async (chunkSize) => {
  expect(await read(STREAM, chunkSize)).toEqual([
    { id: "c-1", event: "command", data: '{"reason":"Größe: 3"}' },
    { event: "drain", data: "null" },
    { event: "message", data: "a\nb" },
  ]);
});
