import { requestBytes } from "../../load/request-bytes";
import { isAcknowledged } from "../attempt";
import { LOST } from "../facts";
import { type KnownBoot, livingBoot, type Seat } from "../known-boot";
import type { Writer } from "../writer";

/** Starts a process again under its id: the boot before can never come back, and its sessions wait to be claimed. */
export async function registerBoot(writer: Writer): Promise<boolean> {
  const seat = writer.random.pick(writer.account.seats);
  return seat !== undefined && register(writer, seat, newBoot(writer, seat));
}

/** Makes sure that every process of the writer is registered, as at the start of each of them. */
export async function registerAll(writer: Writer): Promise<void> {
  for (const seat of writer.account.seats) await register(writer, seat, livingBoot(seat) ?? newBoot(writer, seat));
}

function newBoot(writer: Writer, { instanceId, isFickle }: Seat): KnownBoot {
  const bootId = writer.newId();
  const boot: KnownBoot = { instanceId, bootId, isFickle, status: null, sent: null, leaseExpiresAt: 0 };
  writer.ledger.boots.set(bootId, boot);
  return boot;
}

async function register(writer: Writer, seat: Seat, boot: KnownBoot): Promise<true> {
  const former = seat.boot === boot ? null : seat.boot;
  if (former?.status === "alive") former.sent = "superseded";
  boot.sent = "alive";
  seat.next = boot;
  const { instanceId, leaseMs } = seat;
  const body = { bootId: boot.bootId, server: writer.account.server, host: "localhost", pid: 1, leaseMs };
  const reply = await writer.send("register", requestBytes("PUT", `/api/mcp/instances/${instanceId}`, { body }));
  boot.sent = null;
  if (former) former.sent = null;
  seat.next = null;
  if (!isAcknowledged(reply)) return true;
  if (former?.status === "alive") supersede(writer, former);
  boot.status = "alive";
  boot.leaseExpiresAt = Date.parse((reply.body as { leaseExpiresAt: string }).leaseExpiresAt);
  seat.boot = boot;
  return true;
}

function supersede({ account }: Writer, boot: KnownBoot): void {
  boot.status = "superseded";
  for (const entry of account.own) {
    if (entry.facts.boot === boot && entry.facts.status === "active") Object.assign(entry.facts, LOST);
  }
}
