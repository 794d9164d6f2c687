import type { EventSink } from "./api-exchange";

/** Large enough to be cheap, small enough for a client that reads slowly. */
const CHUNK_LENGTH = 32_768;

interface TextStreamOptions {
  /** Asked between chunks: a stopping process does not wait for the whole text. */
  isServing: () => boolean;
  onError: (error: unknown) => void;
}

/**
 * A response of any length from lines that are made while it is sent, no faster than the client takes them. One that
 * cannot be finished breaks off instead of ending.
 */
export function textStream(
  lines: AsyncIterator<readonly string[]>,
  { isServing, onError }: TextStreamOptions,
): (sink: EventSink) => () => void {
  return (sink) => {
    let isStopped = false;
    const send = async (): Promise<void> => {
      for (;;) {
        const next = await lines.next();
        if (next.done === true) break;
        for (const chunk of chunksOf(next.value)) {
          sink.write(chunk);
          if (!(await sink.ready()) || isStopped) return;
        }
        if (!isServing()) {
          sink.fail();
          return;
        }
      }
      sink.end();
    };
    send().catch((error: unknown) => {
      onError(error);
      sink.fail();
    });
    return () => {
      isStopped = true;
    };
  };
}

function* chunksOf(lines: readonly string[]): Generator<string> {
  let chunk = "";
  for (const line of lines) {
    chunk += line;
    if (chunk.length < CHUNK_LENGTH) continue;
    yield chunk;
    chunk = "";
  }
  if (chunk !== "") yield chunk;
}
