import { z } from "zod";
import { SESSION_STATUSES } from "@/lib/domain/session";
import { IsoTimestamp } from "./primitives";

/** `GET /api/mcp/sessions/{id}/explain` */
export const SessionExplanation = z
  .strictObject({
    status: z.enum(SESSION_STATUSES),
    sentence: z.string().meta({ description: "What became of the session and why, in one sentence." }),
    evidence: z
      .array(z.strictObject({ fact: z.string(), at: IsoTimestamp.nullable(), value: z.string().nullable() }))
      .meta({ description: "The facts that the sentence rests on." }),
  })
  .meta({ id: "SessionExplanation" });
export type SessionExplanation = z.output<typeof SessionExplanation>;
