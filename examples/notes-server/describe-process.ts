import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { hostname } from "node:os";
import { SUPPORTED_PROTOCOL_VERSIONS } from "@modelcontextprotocol/sdk/types.js";
import type { InstanceFacts } from "./holdfast-wire";

/** What operators get to see of this process. */
export function describeProcess(): Omit<InstanceFacts, "server" | "serverVersion"> {
  return {
    host: hostname(),
    pid: process.pid,
    sdk: `@modelcontextprotocol/sdk ${sdkVersion()}`,
    protocolVersions: [...SUPPORTED_PROTOCOL_VERSIONS],
    uptimeMs: Math.round(process.uptime() * 1_000),
  };
}

/** The SDK does not export its version, only files that lie beside its package.json. */
function sdkVersion(): string {
  const types = createRequire(import.meta.url).resolve("@modelcontextprotocol/sdk/types.js");
  const manifest = readFileSync(types.replace(/dist\/.*$|dist\\.*$/, "package.json"), "utf8");
  const { version } = JSON.parse(manifest) as { version: string };
  return version;
}
