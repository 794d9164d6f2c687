import type { Message } from "@/lib/contract/messages";

export type MessagePart = { kind: "text"; text: string } | { kind: "json"; label: string; value: unknown };

/** What a message says, in order: text as text, every other content block as JSON under the name of its type. */
export function messageParts(content: Message["content"]): MessagePart[] {
  return typeof content === "string" ? [{ kind: "text", text: content }] : content.flatMap(blockParts);
}

function blockParts(block: Record<string, unknown>): MessagePart[] {
  const { type, text, ...rest } = block;
  if (type !== "text" || typeof text !== "string") {
    return [{ kind: "json", label: typeof type === "string" && type !== "" ? type : "content block", value: block }];
  }
  const words: MessagePart = { kind: "text", text };
  // Annotations and the like: rare, but never hidden.
  return Object.keys(rest).length === 0 ? [words] : [words, { kind: "json", label: "about this text", value: rest }];
}
