import { RawViewer } from "./raw-viewer";

/** Viewers that take every message apart; the others only read. */
const WATCHFUL = 50;
const CONNECTING_AT_ONCE = 50;

export interface ViewedFrame {
  type: string;
  session?: { id: string; stateVersion: number };
}

/** Many viewers of one server, evenly mixed with a few watchful ones. */
export class ViewerCrowd {
  readonly #viewers: RawViewer[] = [];
  readonly watchful: number;

  private constructor(viewers: RawViewer[], watchful: number) {
    this.#viewers = viewers;
    this.watchful = watchful;
  }

  static async open(url: string, size: number, onFrame: (frame: ViewedFrame) => void): Promise<ViewerCrowd> {
    const every = Math.max(1, Math.floor(size / WATCHFUL));
    const onMessage = (text: string): void => {
      for (const frame of framesOf(text)) onFrame(frame);
    };
    const viewers: RawViewer[] = [];
    while (viewers.length < size) {
      const count = Math.min(CONNECTING_AT_ONCE, size - viewers.length);
      const first = viewers.length;
      const opening = Array.from({ length: count }, (_, index) =>
        RawViewer.open(url, (first + index) % every === 0 ? onMessage : null),
      );
      viewers.push(...(await Promise.all(opening)));
    }
    return new ViewerCrowd(viewers, Math.ceil(size / every));
  }

  get bytes(): number {
    return this.#viewers.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  get size(): number {
    return this.#viewers.length;
  }

  stall(): void {
    for (const viewer of this.#viewers) viewer.stall();
  }

  close(): void {
    for (const viewer of this.#viewers) viewer.close();
  }
}

function framesOf(text: string): ViewedFrame[] {
  // What the servers under test send has this shape.
  const frame = JSON.parse(text) as ViewedFrame & { frames?: ViewedFrame[] };
  return frame.frames ?? [frame];
}
