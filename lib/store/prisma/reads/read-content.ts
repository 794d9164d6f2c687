import type { JsonObject } from "@/lib/domain/session";
import type { MessagePage, MessageRecord, StateRecord } from "../../session-content-store";
import type { Client } from "../connection";
import { toMessageRecord } from "../message-row";

export async function readState(client: Client, id: string): Promise<StateRecord | null> {
  const session = await client.session.findUnique({
    where: { id },
    select: { stateVersion: true, state: { select: { json: true } } },
  });
  if (!session) return null;
  return { version: session.stateVersion, state: session.state ? (JSON.parse(session.state.json) as JsonObject) : {} };
}

export async function listMessages(
  client: Client,
  id: string,
  page: MessagePage,
): Promise<{ messages: MessageRecord[]; messageCount: number } | null> {
  const session = await client.session.findUnique({ where: { id }, select: { pk: true, messageCount: true } });
  if (!session) return null;
  const isForward = "after" in page;
  const rows = await client.message.findMany({
    where: { sessionPk: session.pk, seq: isForward ? { gt: page.after } : { lt: page.before } },
    orderBy: { seq: isForward ? "asc" : "desc" },
    take: page.limit,
  });
  const messages = rows.map(toMessageRecord);
  return { messages: isForward ? messages : messages.reverse(), messageCount: session.messageCount };
}
