import { cpSync, rmSync } from "node:fs";
import { dispatch } from "@/lib/http/dispatch";
import { loadConfig } from "@/lib/runtime/config";
import { createRuntime, type Runtime } from "@/lib/runtime/create-runtime";
import type { SteadyClock } from "@/lib/runtime/steady-clock";
import { sweepExpired } from "@/lib/services/sweep";
import { sweepInstances } from "@/lib/services/sweep-instances";
import { assertDocumented } from "./assert-documented";
import { FakeTime } from "./fake-time";
import { createMigratedFolder } from "./migrated-folder";

export interface Answer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  body: Body;
}

export interface CallOptions {
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * A whole registry on a real database file, driven through its HTTP boundary, with time in the test's hands. Every
 * answer is held against what the API documents.
 */
export interface TestRegistry {
  readonly time: FakeTime;
  readonly runtime: Runtime;
  readonly dataDir: string;
  call<Body = Record<string, unknown>>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>;
  /** Sends a request of the test's own making. */
  send<Body = Record<string, unknown>>(request: Request): Promise<Answer<Body>>;
  /** Records what is due, as the sweeper does every quarter of a second. Answers how many sessions expired. */
  sweep(): Promise<number>;
  /** Stops the process's runtime and, after a while, starts another on the same data. */
  restart(downMs?: number): Promise<void>;
  /** Starts over from what was on disk at this moment, as after a kill: nothing of this run was tidied up. */
  crash(downMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface TestRegistryOptions {
  /** Settings by the name of their environment variable. */
  env?: Record<string, string>;
}

export async function startTestRegistry({ env = {} }: TestRegistryOptions = {}): Promise<TestRegistry> {
  const firstDir = await createMigratedFolder();
  let dataDir = firstDir;
  let crashes = 0;
  const time = new FakeTime();
  let runtime = await start(dataDir, env, time.clock);
  return {
    time,
    get dataDir() {
      return dataDir;
    },
    get runtime() {
      return runtime;
    },
    call: (method, path, options) =>
      call(runtime, new Request(`http://127.0.0.1:3738${path}`, toInit(method, options))),
    send: (request) => call(runtime, request),
    sweep: async () => {
      await sweepInstances(runtime.context);
      return sweepExpired(runtime.context);
    },
    restart: async (downMs = 0) => {
      await runtime.close();
      time.advance(downMs);
      runtime = await start(dataDir, env, time.clock);
    },
    crash: async (downMs = 0) => {
      const remains = `${firstDir}-after-crash-${String((crashes += 1))}`;
      cpSync(dataDir, remains, { recursive: true });
      await runtime.close();
      rmSync(dataDir, { recursive: true });
      dataDir = remains;
      time.advance(downMs);
      runtime = await start(dataDir, env, time.clock);
    },
    close: async () => {
      await runtime.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function start(dataDir: string, env: Record<string, string>, clock: SteadyClock): Promise<Runtime> {
  const config = loadConfig({ HOLDFAST_LOG_LEVEL: "silent", ...env, HOLDFAST_DATA_DIR: dataDir }, process.cwd());
  return createRuntime(config, { clock, keepsHouse: false });
}

function toInit(method: string, { body, headers = {} }: CallOptions = {}): RequestInit {
  if (body === undefined) return { method, headers };
  return {
    method,
    headers: { "content-type": "application/json", ...headers },
    body: typeof body === "string" ? body : JSON.stringify(body),
  };
}

async function call<Body>(runtime: Runtime, request: Request): Promise<Answer<Body>> {
  const response = await dispatch(request, runtime);
  const text = await response.text();
  // The test names the shape it expects; its assertions are what checks it.
  const body = (text === "" ? null : JSON.parse(text)) as Body;
  assertDocumented(request, response, body);
  return { status: response.status, headers: response.headers, body };
}
