import type { Reply } from "../attempt";
import { type LedgerEntry, newEntry } from "../ledger-entry";
import { sessionRequest } from "../session-requests";
import type { Writer } from "../writer";

const RACE_SHARE = 0.5;

/** Continues an expired session under a new id; sometimes two ask at once, and both are told of one successor. */
export async function renewSession(writer: Writer): Promise<boolean> {
  const entry = writer.pick(({ facts }) => facts.status === "expired");
  if (!entry) return false;
  const ids = [writer.newId(), writer.newId()].slice(0, writer.random.fraction() < RACE_SHARE ? 2 : 1);
  const [request = Buffer.alloc(0), rival] = ids.map((id) =>
    sessionRequest(entry, { method: "POST", part: "/renew", body: { id } }),
  );
  await writer.try(entry, {
    ...{ action: "renew", request, canRepeat: true },
    ...(rival && { rival }),
    possible: ids.map((id) => ({ supersededBy: id })),
    accept: (replies) => ({ supersededBy: accept(writer, { entry, replies, ids }) }),
  });
  return true;
}

interface Renewal {
  entry: LedgerEntry;
  replies: readonly Reply[];
  ids: readonly string[];
}

function accept(writer: Writer, { entry, replies, ids }: Renewal): string {
  const [id = "", ...others] = replies.map(({ body }) => (body as { newSessionId: string }).newSessionId);
  const isNewTwice = replies.filter(({ status }) => status === 201).length > 1;
  if (isNewTwice || !ids.includes(id) || others.some((other) => other !== id)) {
    writer.object(`${entry.id}: renewed as ${[id, ...others].join(" and ")}, one of ${ids.join(", ")} was asked for`);
  }
  addSuccessor(writer, entry, id);
  return id;
}

/** Labels come with it, state, messages and tokens do not; it stays with the process if that is alive. */
function addSuccessor({ ledger, account }: Writer, { server, isShortLived, facts }: LedgerEntry, id: string): void {
  const { revision } = facts;
  const boot = facts.boot?.status === "alive" ? facts.boot : null;
  const instanceId = boot?.instanceId ?? null;
  const successor = newEntry({ id, server, isShortLived, round: ledger.round }, { instanceId, revision, boot });
  successor.isCreateAcknowledged = true;
  ledger.add(successor);
  account.own.push(successor);
}
