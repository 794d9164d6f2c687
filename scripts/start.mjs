/** `npm start`: builds what is missing or out of date, then runs the server in this process. */
import { readFileSync } from "node:fs";
import { chdir } from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { buildIfStale } from "./build.mjs";
import { HELP } from "./help.mjs";
import { stopWithParent } from "./stop-with-parent.mjs";

const OPTIONS = {
  port: { type: "string" },
  host: { type: "string" },
  "data-dir": { type: "string" },
  version: { type: "boolean" },
  help: { type: "boolean", short: "h" },
};
const VARIABLES = { port: "PORT", host: "HOST", "data-dir": "HOLDFAST_DATA_DIR" };

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    console.error(`${error.message}\nSee npm start -- --help.`);
    process.exit(2);
  }
}

const options = readOptions();
chdir(fileURLToPath(new URL("..", import.meta.url)));
if (options.help) {
  console.log(HELP);
  process.exit(0);
}
if (options.version) {
  console.log(JSON.parse(readFileSync("package.json", "utf8")).version);
  process.exit(0);
}
for (const [option, variable] of Object.entries(VARIABLES)) {
  if (options[option] !== undefined) process.env[variable] = options[option];
}

try {
  await buildIfStale();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
process.env.NODE_ENV = "production";
stopWithParent();
const { main } = await import("../dist/server.mjs");
await main({ dev: false });
