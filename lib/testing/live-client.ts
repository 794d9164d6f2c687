import { once } from "node:events";
import { WebSocket } from "ws";
import { LIVE_PATH, LiveFrame, type SingleFrame } from "@/lib/contract/live";

type FrameOf<Type extends SingleFrame["type"]> = Extract<SingleFrame, { type: Type }>;

export interface LiveClientOptions {
  /** Query of the address, with its question mark. */
  query?: string;
  headers?: Record<string, string>;
}

/** A viewer over a real socket. Whatever it receives is held against what is documented. */
export class LiveClient {
  readonly socket: WebSocket;
  /** All frames so far, batches taken apart. */
  readonly frames: SingleFrame[] = [];
  /** How many frames each message had. */
  readonly messageSizes: number[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  #onFrame: () => void = () => undefined;
  #failure: Error | undefined;

  constructor(url: string, { query = "", headers = {} }: LiveClientOptions = {}) {
    this.socket = new WebSocket(`${url.replace(/^http/, "ws")}${LIVE_PATH}${query}`, { headers });
    this.socket.on("message", (data: Buffer) => {
      this.#receive(data.toString());
    });
    this.socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      this.socket.once("close", (code, reason) => {
        resolve({ code, reason: reason.toString() });
      });
    });
  }

  /** Resolves once the registry has greeted. */
  static async open(url: string, options?: LiveClientOptions): Promise<LiveClient> {
    const client = new LiveClient(url, options);
    await client.frame("hello");
    return client;
  }

  /** The HTTP status with which a connection is refused. */
  static async refusal(url: string, options?: LiveClientOptions): Promise<{ status: number; body: string }> {
    const { socket } = new LiveClient(url, options);
    const [, response] = (await once(socket, "unexpected-response")) as [unknown, AsyncIterable<Buffer> & Answer];
    let body = "";
    for await (const chunk of response) body += chunk.toString();
    return { status: response.statusCode, body };
  }

  /** The first frame, received already or still to come, that fits. */
  async until(fits: (frame: SingleFrame) => boolean): Promise<SingleFrame> {
    for (let next = 0; ;) {
      if (this.#failure) throw this.#failure;
      for (; next < this.frames.length; next += 1) {
        const frame = this.frames[next];
        if (frame && fits(frame)) return frame;
      }
      await new Promise<void>((resolve) => (this.#onFrame = resolve));
    }
  }

  async frame<Type extends SingleFrame["type"]>(
    type: Type,
    fits: (frame: FrameOf<Type>) => boolean = () => true,
  ): Promise<FrameOf<Type>> {
    // The type is what was asked for.
    return (await this.until((frame) => frame.type === type && fits(frame as FrameOf<Type>))) as FrameOf<Type>;
  }

  /** Forgets what it has received. */
  clear(): void {
    this.frames.length = 0;
    this.messageSizes.length = 0;
  }

  subscribe(subscription: object): void {
    this.socket.send(JSON.stringify({ type: "subscribe", ...subscription }));
  }

  async close(): Promise<void> {
    this.socket.terminate();
    await this.closed;
  }

  #receive(text: string): void {
    try {
      const frame = LiveFrame.parse(JSON.parse(text));
      const frames = frame.type === "batch" ? frame.frames : [frame];
      this.frames.push(...frames);
      this.messageSizes.push(frames.length);
    } catch (error) {
      this.#failure = new Error("The message is not as documented.", { cause: error });
    }
    this.#onFrame();
  }
}

interface Answer {
  statusCode: number;
}
