/**
 * `npm run lockfile`: npm leaves optional packages out of the lockfile when the registry in use does not offer them, as
 * some mirrors do with other platforms' binaries; `npm ci` then refuses the lockfile everywhere. This puts them back.
 */
import { readFileSync, writeFileSync } from "node:fs";

const PATH = "package-lock.json";
const SYSTEMS = {
  darwin: "darwin",
  linux: "linux",
  win32: "win32",
  freebsd: "freebsd",
  android: "android",
  openharmony: "openharmony",
  sunos: "sunos",
  aix: "aix",
  netbsd: "netbsd",
  openbsd: "openbsd",
  wasi: "none",
};
const CPUS = ["arm64", "x64", "ia32", "arm", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** What a package for one platform says of itself, read from its name. */
function platformOf(name) {
  const words = name.split("/").at(-1).split("-");
  const os = words.map((word) => SYSTEMS[word]).find(Boolean);
  const cpu = CPUS.find((candidate) => words.includes(candidate)) ?? "none";
  return { cpu: [cpu], os: [os ?? "none"] };
}

const lock = JSON.parse(readFileSync(PATH, "utf8"));
let added = 0;
for (const { optionalDependencies = {}, dev } of Object.values(lock.packages)) {
  for (const [name, version] of Object.entries(optionalDependencies)) {
    const key = `node_modules/${name}`;
    if (lock.packages[key] || !/^\d/.test(version)) continue;
    lock.packages[key] = { version, ...platformOf(name), ...(dev && { dev }), optional: true };
    added += 1;
  }
}
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(PATH, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added === 0 ? "The lockfile is complete." : `Added ${String(added)} optional packages of other platforms.`);
