/** `npm start`: builds what is missing or out of date, then runs the server in this process. */
import { chdir } from "node:process";
import { fileURLToPath } from "node:url";
import { HELP } from "./help.mjs";
import { buildIfStale } from "./build.mjs";

if (process.argv.includes("--help") || process.argv.includes("-h")) {
  console.log(HELP);
  process.exit(0);
}

chdir(fileURLToPath(new URL("..", import.meta.url)));
try {
  await buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.env.NODE_ENV = "production";
const { main } = await import("../dist/server.mjs");
await main({ dev: false });
