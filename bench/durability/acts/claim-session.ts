import type { Reply } from "../attempt";
import { ACTIVE } from "../facts";
import { expectFenced } from "../expect-fenced";
import { type KnownBoot, livingBoot } from "../known-boot";
import type { LedgerEntry } from "../ledger-entry";
import { sessionRequest } from "../session-requests";
import type { Writer } from "../writer";

const RACE_SHARE = 0.5;

/** Takes up a disconnected session; sometimes two processes ask at once, and one of them gets it. */
export async function claimSession(writer: Writer): Promise<boolean> {
  const [first, second] = writer.account.seats.filter(({ isFickle }) => !isFickle).map(livingBoot);
  const entry = writer.pick(({ facts }) => facts.status === "disconnected");
  if (!entry || !first) return false;
  const isUncertain = entry.facts.boot?.isFickle === true;
  const rival = second && !isUncertain && writer.random.fraction() < RACE_SHARE ? second : null;
  const takers = rival ? [first, rival] : [first];
  const { epoch } = entry.facts;
  const isWon = await writer.try(entry, {
    action: "claim",
    request: claimRequest(entry, first),
    ...(rival && { rival: claimRequest(entry, rival) }),
    possible: takers.map((boot) => ownedBy(boot, epoch + 1)),
    accept: (replies) => accept(writer, { entry, replies, takers }),
    // The process that had it may have come back meanwhile; or the other one was faster.
    refusals: isUncertain || rival ? ["session_owned"] : [],
  });
  if (isWon) await expectFenced(writer, entry, epoch);
  else if (rival && entry.facts.status === "active") writer.object(`${entry.id}: two claimed it and none got it`);
  return true;
}

function claimRequest(entry: LedgerEntry, { instanceId, bootId }: KnownBoot): Buffer {
  return sessionRequest(entry, { method: "POST", part: "/claim", body: { instanceId, bootId } });
}

function ownedBy(boot: KnownBoot, epoch: number) {
  return { ...ACTIVE, epoch, instanceId: boot.instanceId, boot };
}

interface Claim {
  entry: LedgerEntry;
  replies: readonly Reply[];
  takers: readonly KnownBoot[];
}

function accept(writer: Writer, { entry, replies, takers }: Claim) {
  if (replies.length > 1) writer.object(`${entry.id}: two claims won`);
  const session = replies[0]?.body as { epoch: number; instanceId: string };
  const boot = takers.find(({ instanceId }) => instanceId === session.instanceId);
  if (!boot || session.epoch !== entry.facts.epoch + 1) {
    writer.object(`${entry.id}: claimed for ${session.instanceId} under epoch ${String(session.epoch)}`);
  }
  return boot ? ownedBy(boot, session.epoch) : {};
}
