import type { JsonObject } from "./session";

export const MESSAGE_ROLES = ["user", "assistant", "system", "tool"] as const;
/** Who speaks in a session's message context. */
export type MessageRole = (typeof MESSAGE_ROLES)[number];

/** Text, or MCP content blocks. */
export type MessageContent = string | JsonObject[];
