const EXAMPLE = { server: "notes", clientInfo: { name: "my-client", version: "1.0.0" } };

export function curlSnippet(origin: string): string {
  return [
    `curl -X POST ${origin}/api/mcp/sessions \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '${JSON.stringify(EXAMPLE)}'`,
  ].join("\n");
}

export function typescriptSnippet(origin: string): string {
  return `const response = await fetch("${origin}/api/mcp/sessions", {
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    id: transport.sessionId, // the one your server minted, or leave it out
    server: "notes",
    clientInfo: server.getClientVersion(),
  }),
});
const session = await response.json();`;
}
