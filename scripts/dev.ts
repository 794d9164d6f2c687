import { main } from "../server.ts";
import { stopWithParent } from "./stop-with-parent.mjs";

stopWithParent();
process.env["NEXT_TELEMETRY_DISABLED"] ??= "1";
await main({ dev: true });
