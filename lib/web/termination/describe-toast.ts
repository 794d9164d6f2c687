import type { CommandAnswer, Termination } from "../prepare-termination";
import { describeAnswer } from "../describe-answer";
import { capitalize } from "../capitalize";
import { shortenId } from "../shorten-id";

/** Whether nothing more is to be expected. */
export function isLastWord({ kind }: ToastWords, waitedMs: number): boolean {
  return kind === "success" || kind === "error" || waitedMs > GIVE_UP_MS;
}

/** How long an operator waits before it is worth saying that there is no answer. */
const PATIENCE_MS = 5_000;
const GIVE_UP_MS = 20_000;

export interface ToastWords {
  kind: "loading" | "success" | "error" | "info";
  title: string;
  text: string;
}

export interface TerminationSight {
  /** The session's. */
  id: string;
  status: "pending" | "success" | "error";
  /** What the timeline says of it; undefined while that has not been read. */
  termination: Termination | null | undefined;
  /** Since the termination was recorded. */
  waitedMs: number;
}

/** What to say of one session's termination at this moment; null for nothing. */
export function describeToast({ id, status, termination, waitedMs }: TerminationSight): ToastWords | null {
  const title = `Terminated ${shortenId(id)}`;
  // A refusal is shown where it was asked for.
  if (status === "error") return null;
  if (status === "pending") return { kind: "loading", title: `Terminating ${shortenId(id)}…`, text: "" };
  if (termination === null) return { kind: "success", title, text: "It had no MCP server to tell." };
  if (termination?.answer) return { title, ...answered(termination.answer) };
  if (waitedMs < PATIENCE_MS) {
    return { kind: "loading", title, text: "Waiting for its MCP server to drop it…" };
  }
  return { kind: "info", title, text: "No answer: refused at its next use." };
}

function answered(answer: CommandAnswer): Omit<ToastWords, "title"> {
  const text = capitalize(describeAnswer(answer));
  const kind = answer.outcome === "failed" ? "error" : "success";
  return { kind, text: `${text}.` };
}
