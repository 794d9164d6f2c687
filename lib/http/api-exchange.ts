/**
 * What the boundary reads of a request, whichever server it came through. Plain, because building the web's `Request`
 * and `Response` costs more than everything a heartbeat does.
 */
export interface ApiRequest {
  method: string;
  /** Absolute; only its path and query count. */
  url: URL;
  /** The `Host` header; null without one. */
  host: string | null;
  /** A header by its lower-case name; null without one. */
  header(name: string): string | null;
  /** The whole body, or more than `MAX_BODY_BYTES` of it. */
  readBody(): Promise<Uint8Array>;
}

export interface ApiResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | null;
  /** Instead of a body: text that comes bit by bit. Called once to start, answers how to stop. */
  stream?: (sink: EventSink) => () => void;
}

/** Where a stream's text goes. Nothing happens any more once the client has gone. */
export interface EventSink {
  write(text: string): void;
  /** Resolves once the client has taken most of what was written, with false when it has gone. */
  ready(): Promise<boolean>;
  /** Finishes the response. */
  end(): void;
  /** Breaks the response off, so that the client cannot take what it has for all there is. */
  fail(): void;
}
