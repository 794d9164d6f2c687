import type { Message } from "@/lib/contract/messages";
import type { MessageRecord } from "@/lib/store/session-content-store";
import { isoTime } from "./present-session";

export function presentMessage(record: MessageRecord): Message {
  return { ...record, createdAt: isoTime(record.createdAt) };
}
