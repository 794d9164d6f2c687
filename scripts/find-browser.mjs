/** Makes sure of a Chromium for the browser tests and answers its path. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const MAC_PATHS = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A launcher may be there and not run, as Ubuntu's stub that wants a snap. */
function runs(path) {
  try {
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

function onPath() {
  const folders = (process.env.PATH ?? "").split(delimiter);
  const candidates = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find((path) => isExecutable(path) && runs(path));
}

/** Debian and its kin have Chromium as a package; installing it needs root. */
function installPackage() {
  if (!existsSync("/usr/bin/apt-get")) return undefined;
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  const apt = (...args) => {
    const [command, ...rest] = [...prefix, "apt-get", ...args];
    execFileSync(command, rest, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  };
  console.error("No Chromium found: installing the Debian package (once) …");
  try {
    apt("update");
    apt("install", "-y", "--no-install-recommends", "chromium");
  } catch (error) {
    console.error(`Installing it failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return onPath();
}

/** The system's Chromium, else Playwright's own, else the Debian package where it may be installed. */
export function findBrowser() {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new Error(`CHROMIUM_PATH: ${wanted} is not an executable file.`);
  }
  const bundled = chromium.executablePath();
  const found = onPath() ?? (existsSync(bundled) ? bundled : undefined) ?? installPackage();
  if (found) return found;
  throw new Error(
    "The browser tests need Chromium. Install it (Debian: apt-get install chromium; elsewhere: npx playwright install chromium), " +
      "or set CHROMIUM_PATH to the executable of a Chromium or Chrome.",
  );
}
