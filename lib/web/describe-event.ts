import type { SessionEvent } from "@/lib/contract/events";
import { describeAnswer } from "./describe-answer";
import { describeEndReason } from "./describe-end-reason";
import { formatSpan } from "./format-duration";
import { formatClock } from "./format-time";
import { capitalize } from "./capitalize";
import { parseAnswer } from "./prepare-termination";

export interface EventWords {
  sentences: string[];
  /** What somebody said about it, in their own words. */
  quote: string | null;
  /** What the sentences leave out. */
  facts: [name: string, value: string][];
}

type Data = Record<string, unknown>;

/** An entry of the timeline in words, below its label. */
export function describeEvent({ type, reason, data }: SessionEvent, timeZone: string): EventWords {
  const { detail, commandId: _, ...facts } = data ?? {};
  const words = tell(type, facts, timeZone);
  return {
    sentences: [...(reason === null ? [] : [describeEndReason(reason).sentence]), ...(words?.sentences ?? [])],
    quote: typeof detail === "string" ? detail : null,
    facts: Object.entries(facts)
      .filter(([name]) => !words?.names.includes(name))
      .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  };
}

interface Told {
  sentences: string[];
  /** The facts that the sentences speak of. */
  names: readonly string[];
}

/** Null for what has no sentences of its own, or lacks what they would say: its facts are listed as they are. */
function tell(type: SessionEvent["type"], data: Data, timeZone: string): Told | null {
  const { instanceId, epoch, from, to, silentMs, expiresAt } = data;
  const by = typeof instanceId === "string" ? instanceId : null;
  const before = typeof from === "string" ? `It was ${from} before.` : null;
  switch (type) {
    case "health_changed":
      return typeof from === "string" && typeof to === "string" ? told(["from", "to"], `From ${from} to ${to}.`) : null;
    case "heartbeat_gap":
      return typeof silentMs === "number" ? told(["silentMs"], `No heartbeat for ${formatSpan(silentMs)}.`) : null;
    case "disconnected":
      return told(["instanceId"], by && `It was served by ${by}.`);
    case "revived":
      return told(["instanceId", "from"], `${by ?? "Its instance"} reported in again and still had it.`);
    case "claimed":
      return told(["instanceId", "epoch", "from"], `${by ?? "An instance"} took it over${inEpoch(epoch)}.`, before);
    case "reconnected": {
      const where = by === null ? "" : ` at ${by}`;
      return told(["instanceId", "epoch", "from"], `Its token was redeemed${where}${inEpoch(epoch)}.`, before);
    }
    case "token_issued":
      return typeof expiresAt === "string"
        ? told(["expiresAt"], `Good until ${formatClock(Date.parse(expiresAt), timeZone)}, once.`)
        : null;
    case "command_acknowledged": {
      const answer = parseAnswer(data);
      return answer && told(["outcome", "elapsedMs", "instanceId", "pid"], `${capitalize(describeAnswer(answer))}.`);
    }
    case "expired":
    case "closed":
    case "terminated":
      return told(["from"], before);
    case "created":
    case "updated":
    case "state_written":
    case "messages_appended":
    case "renewed":
      return null;
  }
}

function told(names: readonly string[], ...sentences: (string | null)[]): Told {
  return { names, sentences: sentences.filter((sentence) => sentence !== null) };
}

function inEpoch(epoch: unknown): string {
  return typeof epoch === "number" ? ` (epoch ${String(epoch)})` : "";
}
