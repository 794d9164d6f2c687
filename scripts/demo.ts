import { fileURLToPath } from "node:url";
import { ALL_CLIENTS } from "../examples/clients/all-clients";
import { onStopSignal } from "../examples/on-stop-signal";
import { RUN_TYPESCRIPT } from "../examples/start-process";
import { readDemoOptions } from "./demo/demo-options";
import { freePort } from "./demo/free-port";
import { ProcessGroup } from "./demo/process-group";
import { stopWithParent } from "./stop-with-parent.mjs";
import { untilReady } from "./demo/until-ready";

const READY_LIMIT_MS = 5 * 60_000;
const DEFAULTS = { HOLDFAST_DATA_DIR: ":memory:", HOLDFAST_LOG_LEVEL: "warn" };
/** Short enough to see sessions grow old; a threshold that is set stands alone, lest the two contradict each other. */
const THRESHOLDS = { HOLDFAST_AGING_AFTER_MS: "5000", HOLDFAST_STALE_AFTER_MS: "12000" };
/** Long enough down for the lease to run out: its sessions are seen to lose their process and to find it again. */
const CRASH_RHYTHM = { liveMs: 40_000, restMs: 9_000 };
const LEASE_MS = 6_000;

const options = readDemoOptions();
stopWithParent();
const group = new ProcessGroup(options.isQuiet);
onStopSignal(() => void group.end(0, "Stopping …"));

try {
  await perform();
} catch (error) {
  await group.end(1, error instanceof Error ? error.message : String(error));
}

async function perform(): Promise<void> {
  const port = await freePort(options.host, options.port);
  await freePort("127.0.0.1", options.notesPort, "--notes-port");
  const url = `http://${reachable(options.host)}:${String(port)}`;
  // HOLDFAST_URL is for those who report to Holdfast; Holdfast itself knows no such setting.
  const { HOLDFAST_URL: _, ...environment } = process.env;

  console.log("\n  Starting Holdfast …");
  const hasThresholds = Object.keys(THRESHOLDS).some((name) => environment[name] !== undefined);
  const defaults = { ...DEFAULTS, ...(!hasThresholds && THRESHOLDS) };
  const env = { ...defaults, ...environment, HOST: options.host, PORT: String(port) };
  group.start("holdfast", { args: [pathOf("start.mjs")], env });
  await untilReady(`${url}/readyz`, READY_LIMIT_MS, (waitedMs) => {
    console.log(`  … still starting after ${String(waitedMs / 1_000)} s (the first start builds Holdfast)`);
  });
  console.log(`\n  Watch here:  ${url}/mcp\n`);

  const notes = group.start("notes", notesServer(url, options.notesPort));
  const [, endpoint = ""] = await notes.untilLine(/listening on (\S+)/);
  if (options.withClients) {
    const shakyPort = await freePort("127.0.0.1", 0);
    const shaky = group.startCrashing("shaky", notesServer(url, shakyPort), CRASH_RHYTHM);
    const [, loyalEndpoint = ""] = await shaky.untilLine(/listening on (\S+)/);
    const args = [pathOf("../examples/clients/main.ts"), "--url", endpoint, "--loyal-url", loyalEndpoint];
    group.start("clients", { args: [...RUN_TYPESCRIPT, ...args] });
  }
  console.log(story(endpoint));
}

function notesServer(url: string, port: number): { args: string[] } {
  return {
    args: [
      ...[...RUN_TYPESCRIPT, pathOf("../examples/notes-server/main.ts"), "--holdfast-url", url],
      ...["--port", String(port), "--heartbeat-ms", "1000", "--lease-ms", String(LEASE_MS)],
      ...["--guest-idle-timeout-ms", "30000"],
    ],
  };
}

function story(endpoint: string): string {
  const server = `  An MCP server, "notes", reports its sessions there. Its endpoint is ${endpoint}`;
  const end = "  Ctrl-C stops everything.\n";
  if (!options.withClients) return `${server}\n  Connect a client of yours and see it appear.\n\n${end}`;
  return `${server}
  Its clients:
${ALL_CLIENTS.map(({ name, does }) => `    ${name.padEnd(14)}  ${does}`).join("\n")}

  Try this:
    - Terminate the session of atlas-ide and watch its client get 404 below. It comes back with a fresh session.
    - Watch tea-break grow old: aging after seconds, then stale. night-owl goes further and expires.
    - Terminate paper-trail in the middle of its long report: its server acknowledges within a second.
    - Wait for the process "shaky" to be killed. The sessions of old-faithful and slow-reader are disconnected once its
      lease is over, and go on under the same ids when it is back. Their timelines tell the whole story.

${end}`;
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}

/** Where to reach a server that listens on `host`. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
