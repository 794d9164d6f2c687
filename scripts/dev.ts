import { main } from "../server.ts";

await main({ dev: true });
