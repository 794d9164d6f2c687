import { z } from "zod";
import { ERROR_CODES } from "@/lib/domain/errors";

/** RFC 9457 problem document; some codes add fields of their own. */
export const Problem = z
  .looseObject({
    type: z.string().meta({ example: "/problems/session-gone" }),
    title: z.string(),
    status: z.int(),
    code: z.enum(ERROR_CODES),
    detail: z.string(),
    hint: z.string().optional(),
    requestId: z.string(),
    errors: z
      .array(z.strictObject({ pointer: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: "What is wrong with the request, by JSON pointer or query parameter." }),
  })
  .meta({ id: "Problem" });
export type Problem = z.output<typeof Problem>;
