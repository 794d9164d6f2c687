export interface RequestOptions {
  /** Sent as JSON. */
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
}

/** An HTTP/1.1 request as it goes over the wire. */
export function requestBytes(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Buffer {
  const json = body === undefined ? "" : JSON.stringify(body);
  const fields: Record<string, string> = {
    Host: "127.0.0.1",
    ...headers,
    ...(body !== undefined && {
      "Content-Type": "application/json",
      "Content-Length": String(Buffer.byteLength(json)),
    }),
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${head.join("")}\r\n${json}`);
}
