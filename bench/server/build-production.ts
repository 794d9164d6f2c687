import { spawn } from "node:child_process";
import { once } from "node:events";
import { PROJECT_ROOT } from "./project-root";

const BUILD = `import { buildIfStale } from "./scripts/build.mjs"; await buildIfStale();`;

/** Makes sure that the production build matches the sources, just as `npm start` does. */
export async function buildProduction(): Promise<void> {
  const args = ["--input-type=module", "--eval", BUILD];
  const child = spawn(process.execPath, args, { cwd: PROJECT_ROOT, stdio: ["ignore", "ignore", "inherit"] });
  await once(child, "exit");
  if (child.exitCode !== 0) throw new Error("The production build failed.");
}
