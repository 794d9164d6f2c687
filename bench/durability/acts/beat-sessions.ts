import { requestBytes } from "../../load/request-bytes";
import { isAcknowledged } from "../attempt";
import { sessionRequest } from "../session-requests";
import { noteSent, settleBeats } from "../tally-beats";
import type { Writer } from "../writer";

const BATCH = 20;

/** Anybody's session may have ended or lost its server meanwhile. */
const REFUSALS = ["session_gone", "session_expired", "session_disconnected"];

export async function beatOne(writer: Writer): Promise<boolean> {
  const entry = writer.ledger.pickActive(writer.random);
  if (!entry) return false;
  const beat = noteSent(writer, entry);
  const body = { requests: beat.requests, idleMs: 0 };
  const request = sessionRequest(entry, { method: "POST", part: "/heartbeat", body });
  const reply = await writer.send("heartbeat", request, REFUSALS);
  settleBeats(writer, [beat], [isAcknowledged(reply) ? "ok" : "gone"]);
  return true;
}

export async function beatMany(writer: Writer): Promise<boolean> {
  const { ledger, random } = writer;
  const beats = Array.from({ length: BATCH }, () => ledger.pickActive(random))
    .filter((entry) => entry !== undefined)
    .map((entry) => noteSent(writer, entry));
  if (beats.length === 0) return false;
  const body = { beats: beats.map(({ entry, requests }) => ({ id: entry.id, requests, idleMs: 0 })) };
  const { body: reply } = await writer.send("batch", requestBytes("POST", "/api/mcp/heartbeats", { body }));
  const { results = [] } = reply as { results?: { outcome: string }[] };
  settleBeats(
    writer,
    beats,
    results.map(({ outcome }) => outcome),
  );
  return true;
}
