import type { SingleFrame } from "@/lib/contract/live";
import type { Session } from "@/lib/contract/session";
import { aSession, aSummary } from "../fixtures";

const AT = "2026-11-20T07:00:00.000Z";

type FrameOf<Type extends SingleFrame["type"]> = Extract<SingleFrame, { type: Type }>;

export function aHello(seq: number): FrameOf<"hello"> {
  return { type: "hello", seq, at: AT };
}

export function aCreation(seq: number, session: Session): FrameOf<"session_created"> {
  return { type: "session_created", seq, at: AT, session };
}

export function anUpdate(
  seq: number,
  session: Session,
  events: FrameOf<"session_updated">["events"] = ["updated"],
): FrameOf<"session_updated"> {
  return { type: "session_updated", seq, at: AT, events, session };
}

export function anEnd(seq: number, session: Session): FrameOf<"session_disconnected"> {
  const ended = aSession({ ...session, status: "closed", health: null, endReason: "client_closed", endedAt: AT });
  return { type: "session_disconnected", seq, at: AT, status: "closed", reason: "client_closed", session: ended };
}

export function aHealthFrame(seq: number, sessions: readonly Session[]): FrameOf<"health"> {
  return { type: "health", seq, at: AT, health: aSummary(sessions) };
}
