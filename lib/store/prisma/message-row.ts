import type { MessageContent, MessageRole } from "@/lib/domain/message";
import type { MessageRecord } from "../session-content-store";

export interface MessageRow {
  seq: number | bigint;
  messageId: string | null;
  role: string;
  content: string;
  createdAt: number | bigint;
}

/** The columns hold what the contract admitted. */
export function toMessageRecord({ seq, messageId, role, content, createdAt }: MessageRow): MessageRecord {
  return {
    seq: Number(seq),
    id: messageId,
    role: role as MessageRole,
    content: JSON.parse(content) as MessageContent,
    createdAt: Number(createdAt),
  };
}
