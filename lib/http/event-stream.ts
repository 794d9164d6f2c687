import type { EventSink } from "./api-exchange";

export interface StreamEvent {
  /** Where a client that comes back with `Last-Event-ID` continues. */
  id?: string;
  event: string;
  data: unknown;
}

export interface EventStream {
  send: (event: StreamEvent) => void;
  /** A comment, so that no proxy takes a quiet stream for dead. */
  ping: () => void;
  end: () => void;
}

/** A stream of server-sent events. `start` answers how to stop. */
export function eventStream(start: (stream: EventStream) => () => void): (sink: EventSink) => () => void {
  return (sink) => {
    // Comment first: the client learns at once that the stream is open.
    sink.write("retry: 1000\n: open\n\n");
    return start({
      send: (event) => {
        sink.write(format(event));
      },
      ping: () => {
        sink.write(": ping\n\n");
      },
      end: () => {
        sink.end();
      },
    });
  };
}

/** JSON has no line breaks of its own, so one data line holds it. */
function format({ id, event, data }: StreamEvent): string {
  return `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
