/** `npm run verify`: everything that can be said of the sources without running them. */
import { spawnSync } from "node:child_process";

const CHECKS = [
  ["format", "npx", ["prettier", "--check", "--log-level=warn", "."]],
  ["lint", "npx", ["eslint", "--max-warnings=0", "."]],
  ["types", "npx", ["tsc", "-p", "."]],
  ["import rules", "npm", ["run", "--silent", "imports"]],
  ["unused code", "npx", ["knip"]],
  ["documents", process.execPath, ["scripts/check-docs.mjs"]],
];

const failed = [];
// Next writes the types of the routes that the compiler includes.
spawnSync("npx", ["next", "typegen"], { stdio: "ignore", env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" } });
for (const [name, command, args] of CHECKS) {
  const startedAt = performance.now();
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`verify failed: ${failed.join(", ")}`);
  process.exit(1);
}
