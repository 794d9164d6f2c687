import { main } from "../server.ts";

process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";
await main({ dev: true });
