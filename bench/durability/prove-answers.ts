import { redeem, type Reconnected, reconnectRequest } from "./acts/reconnect-session";
import { reportFor } from "./acts/beat-instance";
import { goodTokens, type KnownToken, type LedgerEntry } from "./ledger-entry";
import type { Seat } from "./known-boot";
import type { ToldCommand } from "./note-commands";
import type { Writer } from "./writer";

const SAMPLE = 2;
/** A used token is answered once more for ten seconds; this leaves time for the answer. */
const REPEATED_WITHIN_MS = 8_000;
/** Commands are told for ten minutes, up to a hundred at a time. */
const TOLD_WITHIN_MS = 9 * 60_000;
const MOST_TOLD = 100;

/** Sends again what was cut off in the middle, as a client would: whatever came of it, this must be harmless. */
export async function repeatCutWrites(writer: Writer, killedAt: number): Promise<void> {
  const { ledger, account } = writer;
  for (const entry of ledger.inRound(ledger.round)) {
    if (entry.server !== account.server || !entry.attempt) continue;
    // By then its token would be taken for a stolen one.
    const isTooLate = entry.attempt.action === "reconnect" && !isRepeatable(killedAt);
    if (!isTooLate) await writer.repeat(entry);
  }
}

/** Tokens from before the kill: the good ones are redeemed, the used ones are answered as they were. */
export async function proveTokens(writer: Writer, entries: readonly LedgerEntry[]): Promise<void> {
  const own = entries.filter(({ server, attempt }) => server === writer.account.server && attempt === null);
  const isRecent = (token: KnownToken): boolean => token.spent !== null && isRepeatable(token.spent.at);
  for (const entry of own.filter(({ tokens }) => tokens.some(isRecent)).slice(0, SAMPLE)) {
    const token = entry.tokens.findLast(isRecent);
    if (token) await repeatReconnect(writer, entry, token);
  }
  for (const entry of own.filter((one) => canRedeem(one)).slice(0, SAMPLE)) await redeem(writer, entry);
}

function isRepeatable(at: number): boolean {
  return Date.now() < at + REPEATED_WITHIN_MS;
}

function canRedeem(entry: LedgerEntry): boolean {
  const { status, supersededBy } = entry.facts;
  return status !== "closed" && status !== "terminated" && supersededBy === null && goodTokens(entry).length > 0;
}

async function repeatReconnect(writer: Writer, entry: LedgerEntry, { text, spent }: KnownToken): Promise<void> {
  const successor = entry.tokens.find((token) => token.text === spent?.successor);
  if (!canRedeem(entry) || successor?.spent !== null) return;
  const reply = await writer.send("reconnect", reconnectRequest(entry, { token: text }));
  const { token, repeated, session } = reply.body as Partial<Reconnected>;
  const isSame = token === successor.text && repeated === true && session?.epoch === entry.facts.epoch;
  if (reply.code === null && !isSame) writer.object(`${entry.id}: a lost reply was answered otherwise the second time`);
}

/** Every process is told of every command that is open for it, and of no other. */
export async function proveCommands(writer: Writer): Promise<void> {
  for (const seat of writer.account.seats) {
    const told = await reportFor(writer, seat);
    if (told && told.length < MOST_TOLD) expectAll(writer, seat, told);
  }
}

function expectAll(writer: Writer, { instanceId }: Seat, told: readonly ToldCommand[]): void {
  const ids = new Set(told.map(({ sessionId }) => sessionId));
  for (const entry of writer.ledger.entries.values()) {
    const { id, server, facts } = entry;
    const isForIt = facts.instanceId === null || facts.instanceId === instanceId;
    if (server !== writer.account.server || !isForIt || !isOpenForCertain(entry) || ids.has(id)) continue;
    writer.object(`${id}: ${instanceId} is not told of its command`);
  }
}

/** A short-lived session may have expired before its termination, and then nobody is told. */
function isOpenForCertain({ command, attempt, isShortLived }: LedgerEntry): boolean {
  if (!command || attempt || isShortLived) return false;
  return command.outcome === null && command.sent === null && Date.now() < command.since + TOLD_WITHIN_MS;
}
