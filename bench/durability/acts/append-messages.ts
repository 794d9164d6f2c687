import { ownersRequest } from "../session-requests";
import type { Writer } from "../writer";

const REPEAT_SHARE = 0.3;

/** Appends up to three messages whose ids are their places, now and then with one that is there already. */
export async function appendMessages(writer: Writer): Promise<boolean> {
  const { random } = writer;
  const entry = writer.pick(({ facts }) => facts.status === "active");
  if (!entry) return false;
  const { messageCount } = entry.facts;
  const added = 1 + random.below(3);
  const known = messageCount > 0 && random.fraction() < REPEAT_SHARE ? [1 + random.below(messageCount)] : [];
  const places = [...known, ...Array.from({ length: added }, (_, index) => messageCount + 1 + index)];
  const possible = { messageCount: messageCount + added };
  await writer.try(entry, {
    action: "messages",
    request: ownersRequest(entry, { method: "POST", part: "/messages", body: { messages: places.map(messageAt) } }),
    possible: [possible],
    accept: ([reply]) => {
      const answer = reply?.body as { messages: { seq: number }[]; messageCount: number };
      const given = answer.messages.map(({ seq }) => seq);
      if (String(given) !== String(places) || answer.messageCount !== possible.messageCount) {
        writer.object(
          `${entry.id}: messages ${String(given)} of ${String(answer.messageCount)}, not ${String(places)}`,
        );
      }
      return possible;
    },
    canRepeat: true,
  });
  return true;
}

function messageAt(place: number) {
  return { id: `m${String(place)}`, role: "user", content: `message ${String(place)}` };
}
