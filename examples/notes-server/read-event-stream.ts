export interface ServerSentEvent {
  id?: string;
  event: string;
  data: string;
}

/** The events of a `text/event-stream`, one after the other; comments are passed over. */
export async function* readEventStream(stream: AsyncIterable<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  let fields = new Map<string, string>();
  for await (const line of readLines(stream)) {
    if (line !== "") {
      const [, name = "", value = ""] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
      const earlier = fields.get(name);
      fields.set(name, name === "data" && earlier !== undefined ? `${earlier}\n${value}` : value);
      continue;
    }
    const { id, event = "message", data } = Object.fromEntries(fields);
    fields = new Map();
    if (data !== undefined) yield { event, data, ...(id !== undefined && { id }) };
  }
}

async function* readLines(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of stream) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) yield line.replace(/\r$/, "");
  }
}
