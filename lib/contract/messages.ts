import { z } from "zod";
import { MESSAGE_ROLES } from "@/lib/domain/message";
import { count, IsoTimestamp, jsonObject, text } from "./primitives";

export const MAX_MESSAGES_PER_SESSION = 10_000;
export const MAX_MESSAGES_PER_REQUEST = 100;
const MAX_MESSAGE_BYTES = 64 * 1024;

const byteLength = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

const Content = z
  .union([z.string(), z.array(jsonObject(MAX_MESSAGE_BYTES)).min(1).max(64)])
  .refine((content) => byteLength(content) <= MAX_MESSAGE_BYTES, {
    error: `must not exceed ${String(MAX_MESSAGE_BYTES)} bytes`,
  })
  .meta({ description: "Text, or MCP content blocks.", example: "List the nodes." });

export const NewMessage = z
  .strictObject({
    id: text(128).optional().meta({ description: "Yours, unique in the session: appending it again changes nothing." }),
    role: z.enum(MESSAGE_ROLES),
    content: Content,
  })
  .meta({ id: "NewMessage" });

/** `POST /api/mcp/sessions/{id}/messages`: one message, or several in order. */
export const AppendMessagesBody = z
  .union([
    NewMessage.transform((message) => ({ messages: [message] })),
    z.strictObject({ messages: z.array(NewMessage).min(1).max(MAX_MESSAGES_PER_REQUEST) }),
  ])
  .meta({ id: "AppendMessages", description: "One message, or `messages` with up to 100." });
export type AppendMessagesBody = z.output<typeof AppendMessagesBody>;

export const Message = z
  .strictObject({
    seq: count().meta({ description: "Position in the session, from 1, without holes." }),
    id: z.string().nullable(),
    role: z.enum(MESSAGE_ROLES),
    content: z.union([z.string(), z.array(z.record(z.string(), z.unknown()))]),
    createdAt: IsoTimestamp,
  })
  .meta({ id: "Message" });
export type Message = z.output<typeof Message>;

export const AppendedMessages = z
  .strictObject({
    messages: z.array(Message).meta({ description: "In the order of the request; known ids as first appended." }),
    messageCount: count(),
  })
  .meta({ id: "AppendedMessages" });
export type AppendedMessages = z.output<typeof AppendedMessages>;

/** Query of `GET /api/mcp/sessions/{id}/messages`. */
export const ListMessagesQuery = z
  .strictObject({
    after: z.coerce.number().int().min(0).optional().meta({ description: "Messages after this `seq`, oldest first." }),
    before: z.coerce
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: "Messages before this `seq`: the latest of them." }),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  })
  .refine(({ after, before }) => after === undefined || before === undefined, {
    error: "goes without `after`",
    path: ["before"],
  });
export type ListMessagesQuery = z.output<typeof ListMessagesQuery>;

export const MessageList = z
  .strictObject({
    messages: z.array(Message).meta({ description: "Always oldest first." }),
    nextAfter: count()
      .nullable()
      .meta({ description: "Pass as `after` for later messages; null when there are none." }),
    nextBefore: count()
      .nullable()
      .meta({ description: "Pass as `before` for earlier messages; null when there are none." }),
    messageCount: count(),
  })
  .meta({ id: "MessageList" });
export type MessageList = z.output<typeof MessageList>;
