import { setMaxListeners } from "node:events";
import { onStopSignal } from "../on-stop-signal";
import { failUsage, readCommandLine, webAddress } from "../read-command-line";
import { ALL_CLIENTS, CLIENT_SOURCES, LOYAL_CLIENTS, RESIDENTS } from "./all-clients";
import { liveOn } from "./live-on";

const USAGE = `MCP clients that use the notes server, each in its own way.

  tsx examples/clients/main.ts [options]

  --url <url>        the MCP endpoint (default http://127.0.0.1:3740/mcp)
  --loyal-url <url>  that of ${LOYAL_CLIENTS.map(({ profile }) => profile.name).join(" and ")}, who wait for it (default: --url)
  --only <names>     some of the clients, separated by commas
  --help             this text

The clients:
${ALL_CLIENTS.map(({ name, does }) => `  ${name.padEnd(14)}  ${does}`).join("\n")}`;

const values = readCommandLine(USAGE, {
  url: { type: "string", default: "http://127.0.0.1:3740/mcp" },
  "loyal-url": { type: "string" },
  only: { type: "string" },
});
const url = webAddress("--url", values.url);
const loyalUrl = webAddress("--loyal-url", values["loyal-url"] ?? values.url);
const PATIENCE_MS = 60_000;
const wanted = values.only?.split(",") ?? ALL_CLIENTS.map(({ name }) => name);
const stranger = wanted.find((name) => !ALL_CLIENTS.some((known) => known.name === name));
if (stranger !== undefined) failUsage(`There is no client "${stranger}".`);

const stop = new AbortController();
// Each client waits for it, visitors too.
setMaxListeners(100, stop.signal);
onStopSignal(() => {
  stop.abort();
  process.exit(0);
});

await Promise.all([
  ...RESIDENTS.filter(({ profile }) => wanted.includes(profile.name)).map((role) =>
    liveOn({ url, ...role, signal: stop.signal }),
  ),
  ...LOYAL_CLIENTS.filter(({ profile }) => wanted.includes(profile.name)).map((role) =>
    liveOn({ url: loyalUrl, ...role, signal: stop.signal, patienceMs: PATIENCE_MS }),
  ),
  ...CLIENT_SOURCES.filter(({ name }) => wanted.includes(name)).map(({ run }) => run({ url, signal: stop.signal })),
]);
