import { join } from "node:path";
import { build } from "esbuild";
import { PROJECT_ROOT } from "./project-root";

/** Bundles one of the servers to compare with, exactly as the production build bundles `server.ts`. */
export async function bundleServer(
  name: "bare-server" | "bare-broadcast-server" | "next-router-server",
): Promise<string> {
  const outfile = join(PROJECT_ROOT, "dist", "bench", `${name}.mjs`);
  await build({
    entryPoints: [join(PROJECT_ROOT, "bench", `${name}.ts`)],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node20.19",
    packages: "external",
    logLevel: "warning",
  });
  return outfile;
}
