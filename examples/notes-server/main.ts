import { setTimeout as pause } from "node:timers/promises";
import { onStopSignal } from "../on-stop-signal";
import { readCommandLine, wholeNumber, webAddress } from "../read-command-line";
import { startNotesServer } from "./start-notes-server";

const USAGE = `A notebook as an MCP server (Streamable HTTP) that reports its sessions to Holdfast.

  tsx examples/notes-server/main.ts [options]

  --port <n>                   port on 127.0.0.1, 0 for any free one (NOTES_PORT, default 3740)
  --holdfast-url <url>         where Holdfast listens (HOLDFAST_URL, default http://127.0.0.1:3738)
  --heartbeat-ms <n>           milliseconds between reports (default 5000)
  --lease-ms <n>               silence after which Holdfast takes this process for lost (default: Holdfast's own, 30000)
  --no-restore                 leave sessions alone whose process is gone
  --idle-timeout-ms <n>        idle time that ends a user's session (default 600000)
  --guest-idle-timeout-ms <n>  idle time that ends a guest's session (default 60000)
  --help                       this text`;

const values = readCommandLine(USAGE, {
  port: { type: "string", default: process.env["NOTES_PORT"] ?? "3740" },
  "holdfast-url": { type: "string", default: process.env["HOLDFAST_URL"] ?? "http://127.0.0.1:3738" },
  "heartbeat-ms": { type: "string", default: "5000" },
  "lease-ms": { type: "string" },
  "no-restore": { type: "boolean", default: false },
  "idle-timeout-ms": { type: "string", default: "600000" },
  "guest-idle-timeout-ms": { type: "string", default: "60000" },
});
const THIRTY_DAYS_MS = 30 * 24 * 3_600_000;
const leaseMs = values["lease-ms"];
const port = wholeNumber("--port", values.port, [0, 65_535]);

try {
  const server = await startNotesServer({
    port,
    holdfastUrl: webAddress("--holdfast-url", values["holdfast-url"]).href,
    heartbeatMs: wholeNumber("--heartbeat-ms", values["heartbeat-ms"], [100, 60_000]),
    leaseMs: leaseMs === undefined ? undefined : wholeNumber("--lease-ms", leaseMs, [1_000, 3_600_000]),
    restores: !values["no-restore"],
    idleTimeoutMs: wholeNumber("--idle-timeout-ms", values["idle-timeout-ms"], [1_000, THIRTY_DAYS_MS]),
    guestIdleTimeoutMs: wholeNumber("--guest-idle-timeout-ms", values["guest-idle-timeout-ms"], [
      1_000,
      THIRTY_DAYS_MS,
    ]),
  });
  console.log(`notes server listening on ${server.url}`);
  // Holdfast may be stopping too; it does not get to hold this process up.
  onStopSignal(() => void Promise.race([server.close(), pause(2_000)]).then(() => process.exit(0)));
  const restored = await server.restored;
  if (restored > 0) console.log(`sessions taken up again: ${String(restored)}`);
} catch (error) {
  const isTaken = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  console.error(isTaken ? `Port ${String(port)} is taken; choose another with --port.` : error);
  process.exit(1);
}
