import { connect, type Socket } from "node:net";

const CHUNKED_END = "0\r\n\r\n";
const CLOSED = "The connection is closed.";

export interface RawAnswer {
  status: number;
  /** As it came; with its chunk sizes if it came in chunks. */
  body: string;
}

/**
 * One keep-alive connection with one request on it at a time, written as bytes and read with the least parsing that
 * finds the end of an answer: the load generator must cost less than the server it measures.
 */
export class HttpConnection {
  readonly #socket: Socket;
  #received = "";
  #onAnswer: ((answer: RawAnswer) => void) | undefined;
  #onError: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (chunk) => {
      this.#received += chunk.toString("latin1");
      this.#settle();
    });
    socket.on("error", (error) => this.#onError?.(error));
    socket.on("close", () => this.#onError?.(new Error(CLOSED)));
  }

  static open(url: string): Promise<HttpConnection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new HttpConnection(socket));
      });
    });
  }

  send(request: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) {
        reject(new Error(CLOSED));
        return;
      }
      this.#received = "";
      this.#onAnswer = resolve;
      this.#onError = reject;
      this.#socket.write(request);
    });
  }

  get isClosed(): boolean {
    return this.#socket.destroyed;
  }

  close(): void {
    this.#onError = undefined;
    this.#socket.destroy();
  }

  #settle(): void {
    const headEnd = this.#received.indexOf("\r\n\r\n");
    if (headEnd < 0 || !isComplete(this.#received, headEnd)) return;
    const status = Number(this.#received.slice(9, 12));
    this.#onAnswer?.({ status, body: this.#received.slice(headEnd + 4) });
  }
}

function isComplete(received: string, headEnd: number): boolean {
  const head = received.slice(0, headEnd).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  // JSON has no line breaks, so the end of the last chunk cannot occur within one.
  return length === undefined ? received.endsWith(CHUNKED_END) : received.length >= headEnd + 4 + Number(length);
}
