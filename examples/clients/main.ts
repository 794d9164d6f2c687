import { onStopSignal } from "../on-stop-signal";
import { failUsage, readCommandLine, webAddress } from "../read-command-line";
import { RESIDENTS, CLIENT_SOURCES, ALL_CLIENTS } from "./all-clients";
import { liveOn } from "./live-on";

const USAGE = `MCP clients that use the notes server, each in its own way.

  tsx examples/clients/main.ts [options]

  --url <url>     the MCP endpoint (default http://127.0.0.1:3740/mcp)
  --only <names>  some of the clients, separated by commas
  --help          this text

The clients:
${ALL_CLIENTS.map(({ name, does }) => `  ${name.padEnd(14)}  ${does}`).join("\n")}`;

const values = readCommandLine(USAGE, {
  url: { type: "string", default: "http://127.0.0.1:3740/mcp" },
  only: { type: "string" },
});
const url = webAddress("--url", values.url);
const wanted = values.only?.split(",") ?? ALL_CLIENTS.map(({ name }) => name);
const stranger = wanted.find((name) => !ALL_CLIENTS.some((known) => known.name === name));
if (stranger !== undefined) failUsage(`There is no client "${stranger}".`);

const stop = new AbortController();
onStopSignal(() => {
  stop.abort();
  process.exit(0);
});

await Promise.all([
  ...RESIDENTS.filter(({ profile }) => wanted.includes(profile.name)).map((role) =>
    liveOn({ url, ...role, signal: stop.signal }),
  ),
  ...CLIENT_SOURCES.filter(({ name }) => wanted.includes(name)).map(({ run }) => run({ url, signal: stop.signal })),
]);
