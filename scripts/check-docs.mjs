/** Checks the documents against the product: links that lead somewhere, every setting and every route described. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { HELP } from "./help.mjs";

const problems = [];

function* markdownBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules" || (entry.name.startsWith(".") && entry.isDirectory())) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* markdownBelow(path);
    else if (entry.name.endsWith(".md")) yield path;
  }
}

for (const path of markdownBelow(".")) {
  for (const [, target] of readFileSync(path, "utf8").matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target)) continue;
    if (!existsSync(join(dirname(path), target.split("#")[0]))) problems.push(`${path}: dead link ${target}`);
  }
}

const readme = readFileSync("README.md", "utf8");
const settings = readFileSync("lib/runtime/config.ts", "utf8").matchAll(/^ {4}(HOST|PORT|HOLDFAST_\w+):/gm);
for (const [, name] of settings) {
  if (!readme.includes(`\`${name}\``)) problems.push(`README.md: the setting ${name} is missing`);
  if (!HELP.includes(name)) problems.push(`scripts/help.mjs: the setting ${name} is missing`);
}

const api = readFileSync("docs/api.md", "utf8");
for (const file of readdirSync("lib/http/routes").filter((name) => !name.endsWith(".test.ts"))) {
  const source = readFileSync(join("lib/http/routes", file), "utf8");
  for (const [, method, path] of source.matchAll(/method: "(\w+)",\s+path: "([^"]+)"/g)) {
    if (!api.includes(`${method} ${path}`)) problems.push(`docs/api.md: ${method} ${path} is missing`);
  }
}

const { version } = JSON.parse(readFileSync("package.json", "utf8"));
if (!readFileSync("CHANGELOG.md", "utf8").includes(`## ${version}`))
  problems.push(`CHANGELOG.md: nothing about ${version}`);

for (const problem of problems) console.error(problem);
process.exit(problems.length === 0 ? 0 : 1);
