import { requestBytes } from "../../load/request-bytes";
import { isAcknowledged } from "../attempt";
import { livingBoot, type Seat } from "../known-boot";
import { noteCommands, type ToldCommand } from "../note-commands";
import { noteSent, settleBeats } from "../tally-beats";
import type { Writer } from "../writer";

const REPORTED = 8;
/** Silent long enough to lose its lease now and then. */
const FICKLE_SHARE = 0.04;

interface HeartbeatReply {
  leaseExpiresAt: string;
  results: { outcome: string }[];
  commands: ToldCommand[];
}

/** One of its processes renews its lease, reports on some of its sessions, and hears of commands. */
export async function beatInstance(writer: Writer): Promise<boolean> {
  const { account, random } = writer;
  const isFickle = random.fraction() < FICKLE_SHARE;
  const seat = random.pick(account.seats.filter((one) => one.isFickle === isFickle));
  return seat !== undefined && (await reportFor(writer, seat)) !== null;
}

/** The commands that it was told of; null when there was no process to ask, or no answer. */
export async function reportFor(writer: Writer, seat: Seat): Promise<readonly ToldCommand[] | null> {
  const boot = livingBoot(seat);
  if (!boot) return null;
  const beats = Array.from({ length: REPORTED }, () => writer.pick(({ facts }) => facts.boot === boot))
    .filter((entry) => entry !== undefined)
    .map((entry) => noteSent(writer, entry));
  const sessions = beats.map(({ entry, requests }) => ({ id: entry.id, requests, idleMs: 0 }));
  const path = `/api/mcp/instances/${seat.instanceId}/heartbeat`;
  const request = requestBytes("POST", path, { body: { bootId: boot.bootId, sessions } });
  const reply = await writer.send("lease", request);
  const { leaseExpiresAt, results = [], commands = [] } = reply.body as Partial<HeartbeatReply>;
  settleBeats(
    writer,
    beats,
    results.map(({ outcome }) => outcome),
  );
  if (!isAcknowledged(reply) || leaseExpiresAt === undefined) return null;
  boot.leaseExpiresAt = Date.parse(leaseExpiresAt);
  noteCommands(writer.ledger, commands);
  return commands;
}
