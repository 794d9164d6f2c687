import { LiveFrame, type SingleFrame } from "@/lib/contract/live";
import { LiveFeed } from "@/lib/live/live-feed";
import type { Seat, Subscription } from "@/lib/live/seat";
import { ManualTimers } from "./manual-timers";
import { ScriptedSource } from "./scripted-source";

export class Onlooker {
  readonly messages: Buffer[] = [];
  buffered = 0;
  isCutOff = false;

  send(message: Buffer): void {
    this.messages.push(message);
  }

  bufferedBytes(): number {
    return this.buffered;
  }

  drop(): void {
    this.isCutOff = true;
  }

  get frames(): SingleFrame[] {
    return this.messages.flatMap((message) => {
      const frame = LiveFrame.parse(JSON.parse(message.toString()));
      return frame.type === "batch" ? frame.frames : [frame];
    });
  }

  /** Type and position of everything but figures. */
  get told(): string[] {
    return this.frames.flatMap(({ type, seq }) => (type === "health" ? [] : [`${type} ${String(seq)}`]));
  }
}

export const EVERYTHING: Subscription = { server: null, session: null, since: null, watch: [] };

/** A live feed over a scripted log, under a clock that only the test moves. */
export class FeedScene {
  readonly source = new ScriptedSource();
  readonly timers = new ManualTimers();
  readonly warnings: string[] = [];
  readonly feed: LiveFeed;

  constructor() {
    const log = (_: object, message: string) => void this.warnings.push(message);
    this.feed = new LiveFeed({ source: this.source, timers: this.timers, log: { info: log, warn: log } });
  }

  async join(subscription: Partial<Subscription> = {}): Promise<{ viewer: Onlooker; seat: Seat }> {
    const viewer = new Onlooker();
    const seat = this.feed.join(viewer, { ...EVERYTHING, ...subscription });
    await this.timers.advance(100);
    return { viewer, seat };
  }

  happen(...event: Parameters<ScriptedSource["append"]>): void {
    this.source.append(...event);
    this.feed.wake();
  }

  touch(pk: number): void {
    const activity = { lastActivityAt: 0, lastHeartbeatAt: 0, idleSince: 0, deadlineAt: 0 };
    this.feed.onChanges([{ type: "touched", pk, activity }]);
  }
}
