import { expectFenced } from "../expect-fenced";
import { ACTIVE, type Facts } from "../facts";
import { type KnownBoot, livingBoot } from "../known-boot";
import { goodTokens, type KnownToken, type LedgerEntry } from "../ledger-entry";
import { sessionRequest } from "../session-requests";
import type { Writer } from "../writer";

const RACE_SHARE = 0.25;
const TAKER_SHARE = 0.6;

export interface Reconnected {
  session: { epoch: number; reconnectCount: number; status: string };
  token: string;
  repeated: boolean;
}

export async function reconnectSession(writer: Writer): Promise<boolean> {
  const entry = writer.pick((one) => goodTokens(one).length > 0);
  return entry !== undefined && redeem(writer, entry);
}

/** Redeems one of a session's good tokens; sometimes twice at the same time, which must count once. */
export async function redeem(writer: Writer, entry: LedgerEntry): Promise<boolean> {
  const token = writer.random.pick(goodTokens(entry));
  if (!token) return false;
  const taker = chooseTaker(writer, entry);
  if (needsTaker(entry) && !taker) return false;
  const body = { token: token.text, ...(taker && { instanceId: taker.instanceId, bootId: taker.bootId }) };
  const request = reconnectRequest(entry, body);
  const { epoch } = entry.facts;
  const after = factsAfter(entry, taker);
  token.isSent = true;
  const isDone = await writer.try(entry, {
    ...{ action: "reconnect", request, possible: [after], canRepeat: true },
    ...(writer.random.fraction() < RACE_SHARE && { rival: request }),
    accept: (replies) => {
      const answers = replies.map((reply) => reply.body as Reconnected);
      checkAnswers(writer, entry, { answers, after });
      spend(entry, token, answers[0]?.token ?? null);
      return after;
    },
    takeBack: () => {
      token.isSent = false;
    },
  });
  if (isDone) await expectFenced(writer, entry, epoch);
  return true;
}

export function reconnectRequest(entry: LedgerEntry, body: object): Buffer {
  return sessionRequest(entry, { method: "POST", part: "/reconnect", body });
}

/** Without a taker a session stays with its process, if that is alive: only when that is certain can it be foretold. */
function needsTaker({ isShortLived, facts: { boot } }: LedgerEntry): boolean {
  return boot !== null && (boot.isFickle || boot.sent !== null || isShortLived);
}

function chooseTaker({ account, random }: Writer, entry: LedgerEntry): KnownBoot | null {
  const seat = random.pick(account.seats.filter(({ isFickle }) => !isFickle));
  const isWanted = needsTaker(entry) || random.fraction() < TAKER_SHARE;
  return isWanted && seat ? livingBoot(seat) : null;
}

function factsAfter({ facts }: LedgerEntry, taker: KnownBoot | null) {
  const staying = facts.boot?.status === "alive" && facts.status !== "expired" ? facts.boot : null;
  return {
    ...ACTIVE,
    epoch: facts.epoch + 1,
    reconnectCount: facts.reconnectCount + 1,
    instanceId: taker?.instanceId ?? facts.instanceId,
    boot: taker ?? staying,
  };
}

interface Outcome {
  answers: readonly Reconnected[];
  after: Pick<Facts, "epoch" | "reconnectCount">;
}

function checkAnswers(writer: Writer, { id }: LedgerEntry, { answers, after }: Outcome): void {
  const [one, other] = answers;
  for (const { session } of answers) {
    if (session.epoch !== after.epoch || session.reconnectCount !== after.reconnectCount) {
      writer.object(`${id}: reconnected with epoch ${String(session.epoch)}, not ${String(after.epoch)}`);
    }
  }
  if (one && other && (one.token !== other.token || one.repeated === other.repeated)) {
    writer.object(`${id}: one token was redeemed twice`);
  }
}

export function spend(entry: LedgerEntry, token: KnownToken, successor: string | null): void {
  token.isSent = false;
  token.spent = { successor, at: Date.now() };
  if (successor !== null) entry.tokens.push({ text: successor, isSent: false, spent: null });
}
