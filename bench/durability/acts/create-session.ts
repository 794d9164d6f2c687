import { requestBytes } from "../../load/request-bytes";
import { livingBoot, type Seat } from "../known-boot";
import { newEntry } from "../ledger-entry";
import type { Writer } from "../writer";

const SHORT_IDLE_TIMEOUT_MS = 1_000;
const LONG_IDLE_TIMEOUT_MS = 24 * 3_600_000;
const SHORT_LIVED_SHARE = 0.15;

/** A session of one of the writer's processes, or of none. */
export async function createSession(writer: Writer): Promise<true> {
  const { account, ledger, random } = writer;
  const isShortLived = random.fraction() < SHORT_LIVED_SHARE;
  const seat = chooseSeat(account.seats, random.fraction());
  // What expires at any moment and is lost at any moment could be anything.
  const boot = seat && !(isShortLived && seat.isFickle) ? livingBoot(seat) : null;
  const instanceId = boot?.instanceId ?? null;
  const id = writer.newId();
  const entry = ledger.add(
    newEntry({ id, server: account.server, isShortLived, round: ledger.round }, { boot, instanceId }),
  );
  const body = {
    ...{ id, server: account.server, clientInfo: { name: "writer", version: "1" } },
    ...(boot && { instanceId, bootId: boot.bootId }),
    idleTimeoutMs: isShortLived ? SHORT_IDLE_TIMEOUT_MS : LONG_IDLE_TIMEOUT_MS,
  };
  const request = requestBytes("POST", "/api/mcp/sessions", { body, headers: { "Idempotency-Key": `key-of-${id}` } });
  await writer.try(entry, { action: "create", request, possible: [], accept: () => ({}), canRepeat: true });
  return true;
}

function chooseSeat([first, second, fickle]: readonly Seat[], fraction: number): Seat | undefined {
  if (fraction < 0.35) return undefined;
  if (fraction < 0.65) return first;
  return fraction < 0.95 ? second : fickle;
}
