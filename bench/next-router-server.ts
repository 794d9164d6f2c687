import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import next from "next";
import { loadConfig } from "@/lib/runtime/config";
import { createRuntime } from "@/lib/runtime/create-runtime";
import { shareRuntime } from "@/lib/runtime/get-runtime";

/** The production server without its direct dispatch: every request goes through the Next router to the same handlers. */
const config = loadConfig(process.env, process.cwd());
const pages = next({ dev: false, dir: config.rootDir, hostname: config.host, port: 0, quiet: true });
const [runtime] = await Promise.all([createRuntime(config), pages.prepare()]);
shareRuntime(runtime);

const serve = pages.getRequestHandler();
const server = createServer((request, response) => void serve(request, response));
server.listen(0, config.host, () => {
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  console.log(`ready at http://${config.host}:${String(port)}`);
});
