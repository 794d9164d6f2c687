import { setTimeout as pause } from "node:timers/promises";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { Note, Notebook } from "./notebook";

export const SERVER_INFO = { name: "notes", version: "1.0.0" };

/** The tools of one session; the notebook is shared by all. */
export function createMcpServer(notebook: Notebook, author: string): McpServer {
  const server = new McpServer(SERVER_INFO);

  server.registerTool(
    "add_note",
    { description: "Write a note into the shared notebook.", inputSchema: { text: z.string().min(1).max(500) } },
    ({ text }) => answer(`Noted as number ${String(notebook.add(author, text).id)}.`),
  );

  server.registerTool(
    "list_notes",
    { description: "The newest notes.", inputSchema: { limit: z.number().int().min(1).max(50).default(10) } },
    ({ limit }) => answer(lines(notebook.list(limit))),
  );

  server.registerTool(
    "search_notes",
    { description: "All notes that contain a text.", inputSchema: { query: z.string().min(1).max(100) } },
    ({ query }) => answer(lines(notebook.search(query))),
  );

  server.registerTool(
    "slow_report",
    {
      description: "A report on the notebook that takes its time.",
      inputSchema: { seconds: z.number().min(0).max(600).default(10) },
    },
    async ({ seconds }, { signal }) => {
      await pause(seconds * 1_000, undefined, { signal });
      return answer(`The notebook has ${String(notebook.list(Infinity).length)} notes.`);
    },
  );

  return server;
}

function lines(notes: Note[]): string {
  return notes.map(({ id, author, text }) => `${String(id)} (${author}): ${text}`).join("\n") || "Nothing found.";
}

function answer(text: string): CallToolResult {
  return { content: [{ type: "text", text }] };
}
