import { LiveQuery, Subscribe } from "@/lib/contract/live";
import { HoldfastError } from "@/lib/domain/errors";
import type { Subscription } from "@/lib/live/seat";
import type { ZodError } from "zod";

/**
 * What a connection's address subscribes to.
 * @throws invalid_request
 */
export function readAddress(url: string): Subscription {
  const parameters = [...new URL(url, "http://localhost").searchParams];
  if (new Set(parameters.map(([name]) => name)).size < parameters.length) {
    throw new HoldfastError("invalid_request", "A query parameter comes twice.");
  }
  const parsed = LiveQuery.safeParse(Object.fromEntries(parameters));
  if (!parsed.success) throw invalid(parsed.error);
  return subscriptionOf({ ...parsed.data, watch: [] });
}

/**
 * What a message subscribes to.
 * @throws invalid_json, invalid_request
 */
export function readMessage(text: string): Subscription {
  const parsed = Subscribe.safeParse(parseJson(text));
  if (!parsed.success) throw invalid(parsed.error);
  return subscriptionOf(parsed.data);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HoldfastError("invalid_json", "The message is not valid JSON.");
  }
}

function subscriptionOf({ since, server, session, watch }: Omit<Subscribe, "type">): Subscription {
  return { since: since ?? null, server: server ?? null, session: session ?? null, watch };
}

function invalid({ issues }: ZodError): HoldfastError {
  const [first] = issues;
  const where = first === undefined || first.path.length === 0 ? "" : `${first.path.join(".")}: `;
  return new HoldfastError("invalid_request", `${where}${first?.message ?? "not valid"}`);
}
