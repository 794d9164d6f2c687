/**
 * `npm test`: unit and integration tests (Vitest), then browser tests (Playwright) on the production build; ends with
 * the sum of both. `--unit` or `--e2e` runs one of them; further words are handed to it.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildIfStale } from "./build.mjs";
import { findBrowser } from "./find-browser.mjs";

const reports = mkdtempSync(join(tmpdir(), "holdfast-reports-"));
const words = process.argv.slice(2);
const only = words.find((word) => word === "--unit" || word === "--e2e");
const rest = words.filter((word) => word !== only);

function run(command, args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit", env: { ...process.env, ...env } });
    child.on("error", reject);
    child.on("exit", (code) => resolve(code ?? 1));
  });
}

function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), "utf8"));
  } catch {
    // The runner died before it could report: that counts as a failure.
    return null;
  }
}

async function runVitest() {
  const outputFile = join(reports, "vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${outputFile}`];
  const code = await run("npx", ["vitest", "run", ...reporters, ...rest], { NODE_ENV: "test" });
  const report = readReport("vitest.json");
  const failed = report?.numFailedTests ?? 0;
  return {
    code,
    passed: report?.numPassedTests ?? 0,
    failed: failed || (code === 0 ? 0 : 1),
    skipped: report?.numPendingTests ?? 0,
  };
}

async function runPlaywright() {
  const env = { CHROMIUM_PATH: findBrowser(), PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, "playwright.json") };
  const code = await run("npx", ["playwright", "test", "--reporter=list,json", ...rest], env);
  const stats = readReport("playwright.json")?.stats ?? { expected: 0, unexpected: 0, flaky: 0, skipped: 0 };
  // A test that passes only when tried again is a bug as well.
  const failed = stats.unexpected + stats.flaky;
  return { code, passed: stats.expected, failed: failed || (code === 0 ? 0 : 1), skipped: stats.skipped };
}

await buildIfStale();
const results = [];
if (only !== "--e2e") results.push(await runVitest());
if (only !== "--unit") results.push(await runPlaywright());
rmSync(reports, { recursive: true, force: true });

const sum = (key) => results.reduce((total, result) => total + result[key], 0);
const skipped = sum("skipped");
console.log(`\n${sum("passed")} passed, ${sum("failed")} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`);
process.exit(results.every(({ code, failed }) => code === 0 && failed === 0) ? 0 : 1);
