import { requestBytes } from "../../load/request-bytes";
import { isAcknowledged } from "../attempt";
import { livingBoot } from "../known-boot";
import type { KnownCommand } from "../ledger-entry";
import type { Writer } from "../writer";
import { reportFor } from "./beat-instance";

const OUTCOMES = ["done", "failed"] as const;
const MOST = 10;

/** One of its processes asks for its commands, carries some of them out, and says so. */
export async function acknowledgeCommands(writer: Writer): Promise<boolean> {
  const { account, ledger, random } = writer;
  const seat = random.pick(account.seats.filter(({ isFickle }) => !isFickle));
  const boot = seat && livingBoot(seat);
  const told = seat && (await reportFor(writer, seat));
  const commands = (told ?? [])
    .slice(0, MOST)
    .map(({ sessionId }) => ledger.entries.get(sessionId)?.command)
    .filter((command): command is Named => typeof command?.id === "string" && command.outcome === null);
  if (!boot || commands.length === 0) return false;
  for (const command of commands) command.sent = random.pick(OUTCOMES) ?? "done";
  const acks = commands.map(({ id, sent }) => ({ id, outcome: sent }));
  const path = `/api/mcp/instances/${boot.instanceId}/commands`;
  const request = requestBytes("POST", path, { body: { bootId: boot.bootId, acks } });
  const reply = await writer.send("acknowledge", request);
  settle(writer, commands, isAcknowledged(reply) ? (reply.body as { acknowledged: string[] }).acknowledged : null);
  return true;
}

type Named = KnownCommand & { id: string };

function settle(writer: Writer, commands: readonly Named[], acknowledged: readonly string[] | null): void {
  for (const command of commands) {
    const { id, sent } = command;
    command.sent = null;
    if (acknowledged === null) continue;
    if (!acknowledged.includes(id)) writer.object(`command ${id} was told as open, but was not`);
    command.outcome = sent;
  }
}
