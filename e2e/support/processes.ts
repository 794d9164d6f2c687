import { fileURLToPath } from "node:url";
import { RUN_TYPESCRIPT, type RunningProcess, startProcess } from "../../examples/start-process";

const START = fileURLToPath(new URL("../../scripts/start.mjs", import.meta.url));
const DEV = fileURLToPath(new URL("../../scripts/dev.ts", import.meta.url));
const NOTES = fileURLToPath(new URL("../../examples/notes-server/main.ts", import.meta.url));

export interface RunningHoldfast extends RunningProcess {
  /** Address without a path. */
  url: string;
  port: number;
}

/** Starts the production build as `npm start` does, on data of its own. */
export function startHoldfast(env: Readonly<Record<string, string>> = {}): Promise<RunningHoldfast> {
  return start([START], env);
}

/** Starts Holdfast as `npm run dev` does: Next serves everything, with hot reload. */
export function startDevelopment(): Promise<RunningHoldfast> {
  return start([...RUN_TYPESCRIPT, DEV], {});
}

async function start(args: readonly string[], env: Readonly<Record<string, string>>): Promise<RunningHoldfast> {
  const running = startProcess({
    args,
    env: { ...process.env, PORT: "0", HOLDFAST_DATA_DIR: ":memory:", HOLDFAST_LOG_LEVEL: "error", ...env },
  });
  const [, url = ""] = await running.untilLine(/ready at (http:\/\/[^/]+)\/mcp/);
  return { ...running, url, port: Number(new URL(url).port) };
}

export interface RunningNotesServer extends RunningProcess {
  /** The MCP endpoint. */
  url: URL;
}

/** Starts the example's MCP server, reporting to a Holdfast. */
export async function startNotes(holdfastUrl: string, options: readonly string[] = []): Promise<RunningNotesServer> {
  const running = startProcess({
    args: [...RUN_TYPESCRIPT, NOTES, "--holdfast-url", holdfastUrl, "--port", "0", "--heartbeat-ms", "250", ...options],
  });
  const [, url = ""] = await running.untilLine(/listening on (\S+)/);
  return { ...running, url: new URL(url) };
}
