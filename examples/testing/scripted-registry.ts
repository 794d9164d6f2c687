import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Acknowledgement, Beat, BeatResult, Command, Figures, Registration } from "../notes-server/holdfast-wire";

export interface Heard {
  /** Method and path, such as `POST /api/mcp/sessions`. */
  call: string;
  body: Record<string, unknown>;
}

/** A heartbeat, of an instance or of any server. */
export interface HeardBeats {
  beats: Beat[];
  acks: Acknowledgement[];
}

interface Reply {
  results: BeatResult[];
  commands: Command[];
}

interface Answer {
  status: number;
  answer: object;
}

/** A network peer in Holdfast's place that notes what it hears and answers as a test wants it. */
export class ScriptedRegistry {
  readonly heard: Heard[] = [];
  readonly #accepted: Beat[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #followers = new Set<ServerResponse>();
  /** `Last-Event-ID` of every stream of commands that was opened. */
  readonly resumed: (string | undefined)[] = [];
  /** Answers every call with this status instead. */
  failWith: number | undefined;
  /** Takes requests and leaves them without an answer. */
  isSilent = false;
  /** Opens no stream of commands. */
  isStreamless = false;
  /** Answers a call in its own way. */
  override: (heard: Heard) => Answer | undefined = () => undefined;
  /** Answers heartbeats; undefined makes that one fail with 503. */
  replyToBeats: (heard: HeardBeats) => Reply | undefined = ({ beats }) => ({ results: beats.map(ok), commands: [] });
  readonly #http = createServer((request, response) => {
    void text(request).then((raw) => {
      const call = `${request.method ?? ""} ${(request.url ?? "").split("?")[0] ?? ""}`;
      if (call.startsWith("GET ") && call.endsWith("/commands")) {
        this.#follow(response, request.headers["last-event-id"]?.toString());
        return;
      }
      const heard = { call, body: (raw === "" ? {} : JSON.parse(raw)) as Record<string, unknown> };
      this.heard.push(heard);
      if (!this.isSilent) {
        const { status, answer } = this.#answer(heard);
        response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(answer));
      }
      this.#tell();
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
    return this.bodies<Registration>(/^POST \/api\/mcp\/sessions$/);
  }

  get batches(): HeardBeats[] {
    return this.heard.filter(({ call }) => BEAT.test(call)).map(({ body }) => toBeats(body));
  }

  /** Everything that was acknowledged, on either way. */
  get acks(): Acknowledgement[] {
    return this.bodies<HeardBeats>(/(heartbeats?|commands)$/).flatMap(({ acks }) => acks.map(named));
  }

  get closes(): Heard[] {
    return this.heard.filter(({ call }) => call.startsWith("DELETE /api/mcp/sessions/"));
  }

  bodies<T>(wanted: RegExp): T[] {
    return this.heard.filter(({ call }) => wanted.test(call)).map(({ body }) => body as T);
  }

  /** Sum over all beats that were answered with success. */
  total(figure: keyof Figures): number {
    return this.#accepted.reduce((sum, beat) => sum + beat[figure], 0);
  }

  /** Number of streams of commands that are open. */
  get followers(): number {
    return this.#followers.size;
  }

  /** Sends an event to whoever follows the commands. */
  push(event: string, data: object | null, id?: string): void {
    const lines = `${id === undefined ? "" : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
    this.#followers.forEach((follower) => follower.write(lines));
  }

  endStreams(): void {
    this.#followers.forEach((follower) => follower.end());
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

  #follow(response: ServerResponse, lastEventId: string | undefined): void {
    if (this.isSilent) return;
    if (this.isStreamless || this.failWith !== undefined) {
      response.writeHead(503).end();
      return;
    }
    this.resumed.push(lastEventId);
    response.writeHead(200, { "content-type": "text/event-stream" }).write(": open\n\n");
    this.#followers.add(response);
    response.once("close", () => this.#followers.delete(response));
    this.#tell();
  }

  #answer(heard: Heard): Answer {
    const { call, body } = heard;
    if (this.failWith !== undefined) return { status: this.failWith, answer: {} };
    const own = this.override(heard);
    if (own) return own;
    if (!BEAT.test(call)) return { status: 200, answer: { id: body["id"], epoch: 1, sessions: [], nextCursor: null } };
    const sent = toBeats(body);
    const reply = this.replyToBeats(sent);
    if (!reply) return { status: 503, answer: {} };
    this.#accepted.push(...sent.beats.filter((_, index) => reply.results[index]?.outcome === "ok"));
    return { status: 200, answer: { drain: null, ...reply } };
  }

  #tell(): void {
    this.#listeners.forEach((listener) => {
      listener();
    });
  }
}

const BEAT = /^POST \/api\/mcp\/(instances\/[^/]+\/heartbeat|heartbeats)$/;

function toBeats(body: Record<string, unknown>): HeardBeats {
  const { beats, sessions, acks } = body as { beats?: Beat[]; sessions?: Beat[]; acks: (string | Acknowledgement)[] };
  return { beats: beats ?? sessions ?? [], acks: acks.map(named) };
}

/** A bare id stands for a command that has been carried out. */
function named(ack: string | Acknowledgement): Acknowledgement {
  return typeof ack === "string" ? { id: ack, outcome: "done" } : ack;
}

export function ok({ id }: { id: string }): BeatResult {
  return { id, outcome: "ok", status: "active", reason: null };
}

export function unknown({ id }: { id: string }): BeatResult {
  return { id, outcome: "unknown", status: null, reason: null };
}

export function gone({ id }: { id: string }): BeatResult {
  return { id, outcome: "gone", status: "expired", reason: "idle_timeout" };
}

/** As Holdfast refuses a call. */
export function refusal(status: number, code: string): Answer {
  return { status, answer: { code, status } };
}
