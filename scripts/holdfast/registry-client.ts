import type { z } from "zod";
import { CheckFailure, Interrupted, NoAnswer } from "./check-failure";

export type RequestLine = `${"GET" | "POST" | "PUT" | "PATCH" | "DELETE"} /${string}`;

export interface Answer {
  /** The request and what came of it, to begin an error message with. */
  said: string;
  status: number;
  headers: Headers;
  body: unknown;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

export interface ClientOptions {
  url: URL;
  headers: Readonly<Record<string, string>>;
  timeoutMs: number;
  /** No request begins once it is aborted; those under way are still waited for, lest one leaves something behind. */
  signal?: AbortSignal;
}

/** Speaks HTTP with one instance of Holdfast. */
export class RegistryClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Aborted once the operator has had enough. */
  get signal(): AbortSignal | undefined {
    return this.#options.signal;
  }

  /** The same instance, for requests that have to be made even after an interruption. */
  uninterrupted(): RegistryClient {
    const { url, headers, timeoutMs } = this.#options;
    return new RegistryClient({ url, headers, timeoutMs });
  }

  /** @throws NoAnswer, Interrupted */
  async send(line: RequestLine, { body, headers = {} }: CallOptions = {}): Promise<Answer> {
    const { url, timeoutMs, signal } = this.#options;
    if (signal?.aborted) throw new Interrupted();
    const [method = "", path = ""] = line.split(" ");
    try {
      const response = await fetch(`${url.href.replace(/\/+$/, "")}${path}`, {
        method,
        redirect: "manual",
        headers: {
          ...(body !== undefined && { "content-type": "application/json" }),
          ...this.#options.headers,
          ...headers,
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      const parsed = readJson(await response.text());
      return {
        said: describe(line, response, parsed),
        status: response.status,
        headers: response.headers,
        body: parsed,
      };
    } catch (error) {
      throw new NoAnswer(`${line}: ${reasonOf(error, timeoutMs)}`, { cause: error });
    }
  }

  /**
   * The body of an answer that succeeded.
   * @throws CheckFailure for another status or a body that is not as documented; NoAnswer, Interrupted
   */
  async call<T>(line: RequestLine, schema: z.ZodType<T>, options: CallOptions & { status?: number } = {}): Promise<T> {
    const answer = await this.send(line, options);
    const { status = 200 } = options;
    if (answer.status !== status) throw new CheckFailure(`${answer.said}, not ${String(status)}`);
    return parseBody(answer, schema);
  }

  /**
   * Makes sure that a request is refused, and why.
   * @throws CheckFailure when it is not, or for another reason; NoAnswer, Interrupted
   */
  async refused(line: RequestLine, code: string, options: CallOptions & { status: number }): Promise<void> {
    const answer = await this.send(line, options);
    const said = isObject(answer.body) ? answer.body["code"] : undefined;
    if (answer.status === options.status && said === code) return;
    throw new CheckFailure(`${answer.said}; it should refuse with ${String(options.status)} ${code}`);
  }
}

/** @throws CheckFailure */
export function parseBody<T>({ said, body }: Answer, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue?.path.map(String).join(".") ?? "";
  const what = issue?.message ?? "";
  throw new CheckFailure(`${said}, but not as documented: ${where === "" ? what : `${where}: ${what}`}`);
}

function describe(line: RequestLine, { status, headers }: Response, body: unknown): string {
  const code = isObject(body) && typeof body["code"] === "string" ? ` ${body["code"]}` : "";
  const requestId = status >= 500 ? headers.get("x-request-id") : null;
  return `${line} answered ${String(status)}${code}${requestId === null ? "" : ` (request id ${requestId})`}`;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer within ${String(timeoutMs)} ms`;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return REASONS[(cause as NodeJS.ErrnoException).code ?? ""] ?? cause.message;
}

const REASONS: Partial<Record<string, string>> = {
  ECONNREFUSED: "connection refused",
  ECONNRESET: "the connection was cut off",
  UND_ERR_SOCKET: "the connection was cut off",
  ENOTFOUND: "there is no host of this name",
  EAI_AGAIN: "the host's name could not be looked up",
  EHOSTUNREACH: "there is no way to the host",
  ETIMEDOUT: "the connection timed out",
  UND_ERR_CONNECT_TIMEOUT: "the connection timed out",
};
