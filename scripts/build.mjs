/** Builds the pages (Next) and the server (esbuild) when their sources have changed since the last build. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";
import { build as bundle, stop as stopBundler } from "esbuild";

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "scripts/build.mjs",
  "server.ts",
  "package-lock.json",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
];
const STAMP = join(".next", "holdfast-stamp");
const BUILD_LIMIT_MS = 10 * 60_000;
const IS_TEST = /\.test\.tsx?$/;

/** Every source file below the named places, in a stable order. */
function* filesBelow(path) {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    if (!IS_TEST.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* filesBelow(join(path, name));
}

function stampOfSources() {
  const hash = createHash("sha256").update(process.version);
  for (const source of SOURCES) {
    for (const file of filesBelow(source)) hash.update(file).update("\0").update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex");
}

function run(command, args) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env });
    let output = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    child.on("error", reject);
    child.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The build failed:\n${output}`));
    });
  });
}

function isFresh(stamp) {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === stamp && existsSync("dist/server.mjs");
}

/** Held while building; SQLite's lock, so that a builder that dies does not keep it. */
function takeBuildLock() {
  mkdirSync("dist", { recursive: true });
  for (const timeout of [0, BUILD_LIMIT_MS]) {
    const lock = new Database("dist/build.lock", { timeout });
    try {
      lock.exec("BEGIN EXCLUSIVE");
      return lock;
    } catch {
      lock.close();
      if (timeout === 0) console.error("Another process is building Holdfast: waiting for it …");
    }
  }
  throw new Error("Another process has been building Holdfast for too long (dist/build.lock).");
}

/** Answers whether it had to build. Of several that find the build stale, one builds and the others wait. */
export async function buildIfStale() {
  if (isFresh(stampOfSources())) return false;
  const lock = takeBuildLock();
  try {
    const stamp = stampOfSources();
    if (isFresh(stamp)) return false;
    await build(stamp);
    return true;
  } finally {
    lock.close();
  }
}

async function build(stamp) {
  const startedAt = performance.now();
  console.error("Building Holdfast (only when its sources have changed; takes half a minute) …");
  const nextBin = createRequire(import.meta.url).resolve("next/dist/bin/next");
  await Promise.all([run(process.execPath, [nextBin, "build"]), buildServer()]);
  writeFileSync(STAMP, stamp);
  console.error(`Built in ${((performance.now() - startedAt) / 1000).toFixed(1)} s.`);
}

async function buildServer() {
  await bundle({
    entryPoints: ["server.ts"],
    outfile: "dist/server.mjs",
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
  // Its helper process would stay for as long as the server runs.
  await stopBundler();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale();
