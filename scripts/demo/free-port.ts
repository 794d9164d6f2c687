import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

/** Makes sure that a port can be listened on, and answers which one it is: 0 asks for any. */
export async function freePort(host: string, port: number, option = "--port, or PORT"): Promise<number> {
  const probe = createServer().listen(port, host);
  try {
    await once(probe, "listening");
  } catch (error) {
    throw new Error(explain(error, { host, port, option }), { cause: error });
  }
  const { port: found } = probe.address() as AddressInfo; // always so for a TCP server that listens
  probe.close();
  await once(probe, "close");
  return found;
}

function explain(error: unknown, { host, port, option }: { host: string; port: number; option: string }): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "EADDRINUSE") return `Port ${String(port)} is taken. Choose another with ${option}.`;
  if (code === "EACCES") return `Port ${String(port)} needs privileges. Choose one above 1023 with ${option}.`;
  return `Cannot listen on ${host}:${String(port)}: ${String(code ?? error)}`;
}
