import type { CallToolResult } from "@modelcontextprotocol/server";
import { z } from "zod";
import { SessionId } from "@/lib/contract/primitives";
import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import { adviceFor } from "./tool-advice";

/** What the structured content of a failed call holds in place of the result. */
export const FAILURE_SHAPE = {
  error: z
    .strictObject({
      code: z.string().meta({ description: "What kind of error, such as session_expired; never changes." }),
      message: z.string().meta({ description: "What happened." }),
      nextStep: z.string().meta({ description: "What to do about it." }),
      details: z
        .record(z.string(), z.unknown())
        .meta({ description: "Facts that belong to the code, such as endReason, stateVersion or errors." }),
    })
    .optional()
    .meta({ description: "Present when the call failed, and then instead of the result." }),
  newSessionId: SessionId.optional().meta({
    description: "Successor of a session that has expired: repeat the call with this id.",
  }),
};

/** The tool error for anything thrown; of what nobody foresaw it reveals nothing but an id for the log. */
export function toolFailure(ctx: ServiceContext, tool: string, thrown: unknown): CallToolResult {
  const error = isHoldfastError(thrown) ? thrown : unforeseen(ctx, tool, thrown);
  const { newSessionId, nextStep: ownStep, ...details } = error.fields;
  const nextStep = typeof ownStep === "string" ? ownStep : adviceFor(error.code);
  return {
    isError: true,
    content: [{ type: "text", text: `${error.code}: ${error.message} ${nextStep}` }],
    structuredContent: {
      ...(newSessionId !== undefined && { newSessionId }),
      error: { code: error.code, message: error.message, nextStep, details },
    },
  };
}

function unforeseen(ctx: ServiceContext, tool: string, cause: unknown): HoldfastError {
  const requestId = ctx.ids.newRequestId();
  ctx.log.error({ err: cause, requestId, tool }, "tool failed");
  return new HoldfastError("internal_error", "An unexpected error occurred.", { requestId });
}
