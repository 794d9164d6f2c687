const EXAMPLE = { bootId: "boot-1", server: "notes", host: "node-a", pid: 4121 };

export function registerCurlSnippet(origin: string): string {
  return [
    `curl -X PUT ${origin}/api/mcp/instances/notes-1 \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(EXAMPLE)}'`,
  ].join("\n");
}

export function registerTypescriptSnippet(origin: string): string {
  return `import os from "node:os";

const bootId = crypto.randomUUID(); // new at every start
const instance = "${origin}/api/mcp/instances/notes-1";
const send = (method: string, url: string, body: object) =>
  fetch(url, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });

await send("PUT", instance, {
  bootId,
  server: "notes",
  host: os.hostname(),
  pid: process.pid,
});
// Renews the lease of 30 s, and with it every session of this process.
setInterval(() => send("POST", \`\${instance}/heartbeat\`, { bootId }), 10_000);`;
}
