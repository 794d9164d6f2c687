import { z } from "zod";
import { BootId } from "./instances";
import { IsoTimestamp, SessionId } from "./primitives";
import { InstanceId, ServerName, Session } from "./session";

const TokenText = z
  .string()
  .min(1)
  .max(4_096)
  .meta({ description: "A JWT; a secret. Holdfast keeps only its SHA-256." });

/** `GET` and `POST /api/mcp/sessions/{id}/token` */
export const ReconnectToken = z
  .strictObject({ sessionId: SessionId, token: TokenText, expiresAt: IsoTimestamp })
  .meta({ id: "ReconnectToken" });
export type ReconnectToken = z.output<typeof ReconnectToken>;

/** `POST /api/mcp/sessions/{id}/reconnect` */
export const ReconnectBody = z
  .strictObject({
    token: TokenText,
    server: ServerName.optional().meta({
      description: "Who takes the session up: refused unless it owns the session.",
    }),
    instanceId: InstanceId.optional(),
    bootId: BootId.optional(),
  })
  .refine((body) => (body.instanceId === undefined) === (body.bootId === undefined), {
    error: "instanceId and bootId go together",
    path: ["bootId"],
  })
  .meta({ id: "Reconnect" });
export type ReconnectBody = z.output<typeof ReconnectBody>;

export const ReconnectedSession = z
  .strictObject({
    session: Session,
    token: TokenText.meta({ description: "The next token; the redeemed one is used up." }),
    tokenExpiresAt: IsoTimestamp,
    repeated: z.boolean().meta({
      description: "True when the same token was redeemed within the last 10 s: the same answer once more.",
    }),
  })
  .meta({ id: "ReconnectedSession" });
export type ReconnectedSession = z.output<typeof ReconnectedSession>;
