import { requestBytes } from "../../load/request-bytes";
import { isAcknowledged } from "../attempt";
import { SHUT_DOWN } from "../facts";
import { livingBoot } from "../known-boot";
import type { Writer } from "../writer";
import { registerAll } from "./register-boot";

/** A process says goodbye, and another start of it follows. */
export async function stopBoot(writer: Writer): Promise<boolean> {
  const seat = writer.random.pick(writer.account.seats.filter(({ isFickle }) => !isFickle));
  const boot = seat && livingBoot(seat);
  if (!boot) return false;
  boot.sent = "stopped";
  const path = `/api/mcp/instances/${boot.instanceId}`;
  const reply = await writer.send("stop", requestBytes("DELETE", path, { body: { bootId: boot.bootId } }));
  boot.sent = null;
  if (!isAcknowledged(reply)) return true;
  boot.status = "stopped";
  for (const { facts } of writer.account.own) {
    if (facts.boot === boot && facts.status === "active") Object.assign(facts, SHUT_DOWN);
  }
  await registerAll(writer);
  return true;
}
