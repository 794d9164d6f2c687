import { expect } from "vitest";
import type { AnyMcpClient } from "./mcp-clients";

interface Called {
  isError?: boolean;
  content: { type: string; text: string }[];
  structuredContent: Record<string, unknown>;
}

/** Calls tools and holds every answer against the form that all of them have. */
export function mcpCaller(client: () => AnyMcpClient) {
  /** The tools that were called. */
  const called = new Set<string>();

  async function call(name: string, args: Record<string, unknown> = {}): Promise<Called> {
    called.add(name);
    return (await client().callTool({ name, arguments: args })) as Called;
  }

  async function succeed(name: string, args: Record<string, unknown> = {}) {
    const { isError = false, content, structuredContent } = await call(name, args);
    expect([isError, content]).toEqual([false, [{ type: "text", text: JSON.stringify(structuredContent) }]]);
    return structuredContent;
  }

  async function fail(name: string, args: Record<string, unknown>, code: string) {
    const { isError, content, structuredContent } = await call(name, args);
    expect(isError).toBe(true);
    expect(structuredContent).toMatchObject({ error: { code } });
    const { message, nextStep } = structuredContent["error"] as { message: string; nextStep: string };
    expect(nextStep).not.toBe("");
    expect(content).toEqual([{ type: "text", text: `${code}: ${message} ${nextStep}` }]);
    return structuredContent;
  }

  return { called, succeed, fail };
}
