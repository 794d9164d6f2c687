import { main } from "../server.ts";
import { stopWithParent } from "./stop-with-parent.mjs";

stopWithParent();
await main({ dev: true });
