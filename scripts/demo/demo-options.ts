import { readCommandLine, wholeNumber } from "../../examples/read-command-line";

const USAGE = `Starts Holdfast, a real MCP server that reports its sessions to it, and real MCP clients.

  npm run demo -- [options]

  --port <n>        Holdfast's port, 0 for any free one (PORT, default 3738)
  --notes-port <n>  the MCP server's port (default: any free one)
  --no-clients      without clients: bring your own
  --quiet           print only what goes wrong and what happens to sessions against their clients' will
  --help            this text

HOST and all HOLDFAST_… settings work as in "npm start". Unless they are set, the demo keeps its data in memory
(HOLDFAST_DATA_DIR=:memory:) and calls sessions aging after 5 s and stale after 12 s.`;

export interface DemoOptions {
  host: string;
  port: number;
  notesPort: number;
  withClients: boolean;
  isQuiet: boolean;
}

export function readDemoOptions(): DemoOptions {
  const values = readCommandLine(USAGE, {
    port: { type: "string", default: process.env["PORT"] ?? "3738" },
    "notes-port": { type: "string", default: "0" },
    "no-clients": { type: "boolean", default: false },
    quiet: { type: "boolean", default: false },
  });
  return {
    host: process.env["HOST"] ?? "127.0.0.1",
    port: wholeNumber("--port", values.port, [0, 65_535]),
    notesPort: wholeNumber("--notes-port", values["notes-port"], [0, 65_535]),
    withClients: !values["no-clients"],
    isQuiet: values.quiet,
  };
}
