import { connect, type Socket } from "node:net";

const HANDSHAKE =
  "GET /ws/sessions HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: aG9sZGZhc3Qtdmlld2VyIQ==\r\n\r\n";

/** All viewers of this process read into one piece of memory: none keeps what it reads, and reading is synchronous. */
const SHARED = Buffer.alloc(256 * 1024);

/**
 * The receiving half of a WebSocket with as little work as possible, since thousands of them share one core: it counts
 * bytes, and only takes messages apart if somebody wants them. It answers no pings, so it lasts for half a minute.
 */
export class RawViewer {
  bytes = 0;
  readonly #socket: Socket;
  readonly #onMessage: ((text: string) => void) | null;
  #pending: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, onMessage: ((text: string) => void) | null) {
    this.#socket = socket;
    this.#onMessage = onMessage;
  }

  /** Resolves with the first bytes after the handshake's answer. */
  static open(url: string, onMessage: ((text: string) => void) | null = null): Promise<RawViewer> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      let isOpen = false;
      const socket = connect({
        ...{ host: hostname, port: Number(port), noDelay: true },
        onread: {
          buffer: SHARED,
          callback: (count, buffer) => {
            // The memory is the one given above.
            const chunk = (buffer as Buffer).subarray(0, count);
            if (isOpen) viewer.#take(chunk);
            else if (chunk.toString("latin1", 0, 12) !== "HTTP/1.1 101") reject(new Error("The viewer was refused."));
            else {
              isOpen = true;
              viewer.#take(chunk.subarray(chunk.indexOf("\r\n\r\n") + 4));
              resolve(viewer);
            }
            return true;
          },
        },
      });
      const viewer = new RawViewer(socket, onMessage);
      socket.once("error", reject);
      socket.once("connect", () => socket.write(HANDSHAKE));
    });
  }

  /** Reads nothing more. */
  stall(): void {
    this.#socket.pause();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer): void {
    this.bytes += chunk.length;
    if (!this.#onMessage) return;
    this.#pending = Buffer.concat([this.#pending, chunk]);
    for (let frame = readFrame(this.#pending); frame; frame = readFrame(this.#pending)) {
      this.#pending = this.#pending.subarray(frame.end);
      if (frame.isText) this.#onMessage(frame.payload.toString());
    }
  }
}

interface Frame {
  isText: boolean;
  payload: Buffer;
  end: number;
}

/** The first frame of what a server has sent, which is neither masked nor in pieces; null while it is incomplete. */
function readFrame(bytes: Buffer): Frame | null {
  if (bytes.length < 2) return null;
  const short = bytes.readUInt8(1);
  const start = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < start) return null;
  const length = short === 127 ? bytes.readUIntBE(4, 6) : short === 126 ? bytes.readUInt16BE(2) : short;
  const end = start + length;
  if (bytes.length < end) return null;
  return { isText: (bytes.readUInt8(0) & 0x0f) === 1, payload: bytes.subarray(start, end), end };
}
