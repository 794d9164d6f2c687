import { z } from "zod";
import type { SessionEvent } from "@/lib/contract/events";
import { COMMAND_OUTCOMES } from "@/lib/domain/command";

const Answer = z.object({
  outcome: z.enum(COMMAND_OUTCOMES),
  detail: z.string().nullish(),
  elapsedMs: z.number().nullish(),
  instanceId: z.string().nullish(),
  pid: z.number().nullish(),
});
export type CommandAnswer = z.output<typeof Answer>;

export interface Termination {
  /** ISO 8601. */
  requestedAt: string;
  /** What its MCP server made of the command to drop the session; null while it has not said. */
  answer: CommandAnswer | null;
}

/** How far the forced end of a session has come; null when nobody told its server to end it. */
export function prepareTermination(events: readonly SessionEvent[]): Termination | null {
  const end = events.findLast(({ type }) => type === "terminated");
  const commandId = end?.data?.["commandId"];
  if (end === undefined || typeof commandId !== "string") return null;
  const acknowledged = events.findLast(
    ({ type, data }) => type === "command_acknowledged" && data?.["commandId"] === commandId,
  );
  return { requestedAt: end.at, answer: parseAnswer(acknowledged?.data) };
}

/** Null when it does not say what became of the command. */
export function parseAnswer(data: unknown): CommandAnswer | null {
  return Answer.safeParse(data).data ?? null;
}

/** A command reaches its server within a second if it is there at all; after so long nobody need wait for it. */
const ANSWER_EXPECTED_MS = 20_000;

/** Whether the answer to a termination may arrive any moment. */
export function awaitsAnswer(events: readonly SessionEvent[], now: number): boolean {
  const termination = prepareTermination(events);
  if (termination?.answer !== null) return false;
  return Math.abs(now - Date.parse(termination.requestedAt)) < ANSWER_EXPECTED_MS;
}
