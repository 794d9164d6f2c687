import { z } from "zod";
import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";
import type { ApiRequest } from "../api-exchange";
import type { HttpContext, Reply, Route } from "../define-route";
import { toProblem } from "../problem";
import { readJsonBody } from "../read-json-body";

const RpcEnvelope = z.looseObject({ jsonrpc: z.literal("2.0") });
const JsonRpcMessage = z.union([RpcEnvelope, z.array(RpcEnvelope)]).meta({
  id: "JsonRpcMessage",
  description: "A JSON-RPC message; up to protocol revision 2025-03-26 also a batch of them.",
});
const JsonRpcFailure = z
  .looseObject({
    jsonrpc: z.literal("2.0"),
    id: z.union([z.string(), z.number()]).nullish(),
    error: z.looseObject({ code: z.int(), message: z.string(), data: z.unknown().optional() }),
  })
  .meta({ id: "JsonRpcFailure", description: "`error.data` is the problem document where the body is at fault." });

const failure = (description: string) => ({ description, schema: JsonRpcFailure });

/** The request headers that mean something to the protocol. */
const PROTOCOL_HEADERS = ["accept", "content-type", "mcp-protocol-version", "mcp-method", "mcp-name", "mcp-session-id"];

/** JSON-RPC's own codes, where it has one for what is wrong with a body. */
const RPC_CODES: Readonly<Record<string, number>> = { invalid_json: -32_700, invalid_request: -32_600 };
const SERVER_ERROR = -32_000;

async function answerMessage(request: ApiRequest, { mcp, requestId }: HttpContext): Promise<Reply> {
  let message: unknown;
  try {
    message = await readMessage(request);
  } catch (error) {
    return refusal(error, requestId);
  }
  const response = await mcp.answer(message, protocolHeaders(request));
  const text = await response.text();
  const type = response.headers.get("content-type");
  return {
    status: response.status,
    ...(text !== "" && { text }),
    ...(type !== null && { headers: { "content-type": type } }),
  };
}

async function readMessage(request: ApiRequest): Promise<unknown> {
  const message = await readJsonBody(request);
  if (message === undefined) throw new HoldfastError("invalid_json", "The body is empty.");
  return message;
}

function protocolHeaders(request: ApiRequest): Headers {
  const headers = new Headers();
  for (const name of PROTOCOL_HEADERS) {
    const value = request.header(name);
    if (value !== null) headers.set(name, value);
  }
  return headers;
}

/** A body that never gets as far as the protocol is refused in its form, with the problem document inside. */
function refusal(error: unknown, requestId: string): Reply {
  if (!isHoldfastError(error)) throw error;
  const data = toProblem(error, requestId);
  const code = RPC_CODES[data.code] ?? SERVER_ERROR;
  return { status: data.status, body: { jsonrpc: "2.0", id: null, error: { code, message: data.detail, data } } };
}

const mcpRoute: Route = {
  method: "POST",
  path: "/api/mcp",
  operationId: "callMcp",
  tag: "MCP",
  summary: "The registry as an MCP server",
  description:
    "Streamable HTTP for MCP clients of every protocol revision from 2024-11-05 to 2026-07-28, without a session of its own. Tools that fail answer 200 with `isError`; the statuses below are the protocol's.",
  headers: {
    "MCP-Protocol-Version": "The protocol revision of the message; not with `initialize`.",
    "Mcp-Method": "From revision 2026-07-28: the message's method.",
    "Mcp-Name": "From revision 2026-07-28: the name or address that the message is about.",
  },
  body: JsonRpcMessage,
  replies: {
    200: { description: "The answer, or the answers to a batch.", schema: JsonRpcMessage },
    202: { description: "Notifications, taken." },
    400: failure("The message is not valid, or its protocol revision is not served."),
    404: failure("The method does not exist (from revision 2026-07-28)."),
    406: failure("`Accept` does not name both application/json and text/event-stream (up to revision 2025-11-25)."),
    413: failure("The message is too large."),
    415: failure("The message is not JSON."),
    500: failure("Something went wrong."),
  },
  errors: [],
  handle: (request, _params, context) => answerMessage(request, context),
};

export const mcpRoutes = [mcpRoute];
