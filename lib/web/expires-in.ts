import type { Session } from "@/lib/contract/session";

type Deadline = Pick<Session, "createdAt" | "uptimeMs" | "expiresAt">;

/**
 * Milliseconds until an active session expires, by the registry's clock: the browser's may be wrong, so only the time
 * since the answer arrived is taken from it. Null once the session has ended.
 */
export function expiresInMs({ createdAt, uptimeMs, expiresAt }: Deadline, sinceAnswerMs: number): number | null {
  if (expiresAt === null) return null;
  const answeredAt = Date.parse(createdAt) + uptimeMs;
  return Math.max(0, Date.parse(expiresAt) - answeredAt - Math.max(0, sinceAnswerMs));
}
