/** Messages in one batch: each is answered by itself, and all answers are held in memory together. */
export const MAX_BATCH = 10;

/**
 * A message, or a batch of them, as it is handed to the protocol. Cancellations are taken out: every call is answered within
 * its own request, and the protocol would leave a cancelled one unanswered for ever. Null: nothing is left to answer.
 */
export function prepareMessage(message: unknown): { message: unknown } | "too_many" | null {
  if (!Array.isArray(message)) return isCancellation(message) ? null : { message };
  if (message.length > MAX_BATCH) return "too_many";
  const rest = message.filter((part) => !isCancellation(part));
  return rest.length === 0 && message.length > 0 ? null : { message: rest };
}

function isCancellation(message: unknown): boolean {
  return (
    typeof message === "object" &&
    message !== null &&
    "method" in message &&
    message.method === "notifications/cancelled"
  );
}
