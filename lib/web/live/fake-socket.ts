import { vi } from "vitest";

/** A WebSocket whose other end is the test. */
export class FakeSocket {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSED = 3;
  /** All that were opened, latest last. */
  static all: FakeSocket[] = [];

  readonly url: URL;
  readyState = FakeSocket.CONNECTING;
  readonly sent: Record<string, unknown>[] = [];
  closeCode: number | null = null;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: (() => void) | null = null;

  constructor(url: string) {
    this.url = new URL(url);
    FakeSocket.all.push(this);
  }

  static install(): void {
    FakeSocket.all = [];
    vi.stubGlobal("WebSocket", FakeSocket);
  }

  static get latest(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error("No socket was opened.");
    return socket;
  }

  send(text: string): void {
    // What it is sent is JSON objects.
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(code?: number): void {
    this.closeCode = code ?? null;
    this.readyState = FakeSocket.CLOSED;
  }

  /** The other end accepts it and says where the log is. */
  accept(...frames: object[]): void {
    this.readyState = FakeSocket.OPEN;
    this.onopen?.();
    this.tell(...frames);
  }

  tell(...frames: object[]): void {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
  }

  /** The other end is gone. */
  break(): void {
    this.readyState = FakeSocket.CLOSED;
    this.onclose?.();
  }
}
