import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Beat, Figures, HeartbeatsReply, Registration } from "../notes-server/holdfast-wire";

export interface Heard {
  /** Method and path, such as `POST /api/mcp/sessions`. */
  call: string;
  body: Record<string, unknown>;
}

interface HeartbeatsBody {
  beats: Beat[];
  acks: string[];
}

/** A network peer in Holdfast's place that notes what it hears and answers as a test wants it. */
export class ScriptedRegistry {
  readonly heard: Heard[] = [];
  readonly #accepted: Beat[] = [];
  readonly #listeners = new Set<() => void>();
  /** Answers every call with this status instead. */
  failWith: number | undefined;
  /** Takes requests and leaves them without an answer. */
  isSilent = false;
  /** Answers heartbeats; undefined makes that one fail with 503. */
  replyToBeats: (body: HeartbeatsBody) => HeartbeatsReply | undefined = ({ beats }) => ({
    results: beats.map(ok),
    commands: [],
  });
  readonly #http = createServer((request, response) => {
    void text(request).then((raw) => {
      const call = `${request.method ?? ""} ${request.url ?? ""}`;
      const body = JSON.parse(raw) as Record<string, unknown>;
      this.heard.push({ call, body });
      if (!this.isSilent) {
        const { status, answer } = this.#answer(call, body);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      }
      this.#listeners.forEach((listener) => {
        listener();
      });
    });
  });
  #port = 0;

  /** Listens on the same port as before, if it did. */
  async start(): Promise<this> {
    this.#http.listen(this.#port, "127.0.0.1");
    await once(this.#http, "listening");
    this.#port = (this.#http.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    if (!this.#http.listening) return;
    this.#http.close();
    this.#http.closeAllConnections();
    await once(this.#http, "close");
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}`;
  }

  get registrations(): Registration[] {
    return this.#bodies<Registration>(CALLS.register);
  }

  get batches(): HeartbeatsBody[] {
    return this.#bodies<HeartbeatsBody>(CALLS.beat);
  }

  get closes(): Heard[] {
    return this.heard.filter(({ call }) => call.startsWith("DELETE "));
  }

  /** Sum over all beats that were answered with success. */
  total(figure: keyof Figures): number {
    return this.#accepted.reduce((sum, beat) => sum + beat[figure], 0);
  }

  /** Resolves as soon as what has been heard fulfils the condition. */
  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (!condition()) return;
        this.#listeners.delete(check);
        resolve();
      };
      this.#listeners.add(check);
    });
  }

  #answer(call: string, body: object): { status: number; answer: object } {
    if (this.failWith !== undefined) return { status: this.failWith, answer: {} };
    if (call !== CALLS.beat) return { status: call === CALLS.register ? 201 : 200, answer: {} };
    const sent = body as HeartbeatsBody;
    const reply = this.replyToBeats(sent);
    if (!reply) return { status: 503, answer: {} };
    this.#accepted.push(...sent.beats.filter((_, index) => reply.results[index]?.outcome === "ok"));
    return { status: 200, answer: reply };
  }

  #bodies<T>(wanted: string): T[] {
    return this.heard.filter(({ call }) => call === wanted).map(({ body }) => body as T);
  }
}

const CALLS = { register: "POST /api/mcp/sessions", beat: "POST /api/mcp/heartbeats" };

type Result = HeartbeatsReply["results"][number];

export function ok({ id }: { id: string }): Result {
  return { id, outcome: "ok", status: "active", reason: null };
}

export function unknown({ id }: { id: string }): Result {
  return { id, outcome: "unknown", status: null, reason: null };
}

export function gone({ id }: { id: string }): Result {
  return { id, outcome: "gone", status: "expired", reason: "idle_timeout" };
}
