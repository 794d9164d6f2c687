import type { CallToolResult, StandardSchemaWithJSON, ToolAnnotations } from "@modelcontextprotocol/server";
import { z } from "zod";
import { describeIssue } from "@/lib/contract/describe-issue";
import { HoldfastError } from "@/lib/domain/errors";
import type { ServiceContext } from "@/lib/services/context";
import { advertised, toJsonSchema } from "./json-schema";
import { FAILURE_SHAPE, toolFailure } from "./tool-failure";

const MAX_ERRORS = 20;

interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  title: string;
  /** For a model: what the tool is for, what it changes, what to look out for. */
  description: string;
  input: Input;
  /** The structured content of a call that succeeds. */
  output: Output;
  /** Whether it only reads, may destroy, and does no more when called again. */
  hints: { reads?: boolean; destroys?: boolean; repeatable?: boolean };
  /** Calls one verb. */
  run: (ctx: ServiceContext, args: z.output<Input>) => Promise<z.output<Output>>;
}

export interface Tool {
  name: string;
  config: {
    title: string;
    description: string;
    inputSchema: StandardSchemaWithJSON;
    outputSchema: StandardSchemaWithJSON;
    annotations: ToolAnnotations;
  };
  call: (ctx: ServiceContext, args: unknown) => Promise<CallToolResult>;
}

/** A tool from its description, its schemas and a function that calls one verb. It never throws: errors are results. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): Tool {
  const { name, title, description, input, output, hints, run } = definition;
  return {
    name,
    config: {
      title,
      description,
      inputSchema: advertised(toJsonSchema(input, "input")),
      outputSchema: advertised(toJsonSchema(orFailure(output), "output")),
      annotations: {
        title,
        readOnlyHint: hints.reads ?? false,
        destructiveHint: hints.destroys ?? false,
        idempotentHint: hints.reads ?? hints.repeatable ?? false,
        openWorldHint: false,
      },
    },
    call: async (ctx, args) => {
      try {
        return success(await run(ctx, parseArguments(input, args)));
      } catch (error) {
        return toolFailure(ctx, name, error);
      }
    },
  };
}

/** Some clients hold the content of a failed call against the schema too, so it has to admit both. */
function orFailure(output: z.ZodObject): z.ZodType {
  const required = Object.entries(output.shape)
    .filter(([, field]) => !(field instanceof z.ZodOptional))
    .map(([key]) => key);
  return z
    .strictObject({ ...FAILURE_SHAPE, ...output.partial().shape })
    .meta({ anyOf: [{ required }, { required: ["error"] }] });
}

function success(structuredContent: Record<string, unknown>): CallToolResult {
  return { content: [{ type: "text", text: JSON.stringify(structuredContent) }], structuredContent };
}

/** @throws invalid_request */
function parseArguments<Input extends z.ZodObject>(input: Input, args: unknown): z.output<Input> {
  const parsed = input.safeParse(args ?? {}, { error: describeIssue });
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.slice(0, MAX_ERRORS).flatMap((issue) => {
    const path = issue.path.map(String);
    return issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ argument: [...path, key].join("."), problem: "is not a known argument" }))
      : [{ argument: path.join("."), problem: issue.message }];
  });
  const summary = errors.map(({ argument, problem }) => `${argument}: ${problem}`).join("; ");
  throw new HoldfastError("invalid_request", `The arguments are not valid: ${summary.slice(0, 500)}.`, { errors });
}
