import type { BootName } from "./model-boots";
import { whyEnded } from "./model-sessions";
import { takeUp } from "./model-time";
import { wireOf } from "./model-wire";
import { bootOf, canComeBack, type Expected, type ModelWorld, note, refusal, sessionOf } from "./model-world";

export function claim(world: ModelWorld, id: string, name: BootName): Expected {
  const { now } = world;
  const session = sessionOf(world, id);
  if (!session) return refusal(404, "session_not_found");
  const boot = bootOf(world, name.instanceId);
  if (!boot) return refusal(404, "instance_not_found");
  if (boot.server !== session.server) return refusal(403, "wrong_server");
  if (boot.bootId !== name.bootId || !canComeBack(boot)) return refusal(409, "instance_superseded");
  if (boot.drain) return refusal(409, "instance_draining");
  const ended = whyEnded(session, now);
  if (ended) return ended;
  if (boot.status === "lost") return refusal(409, "instance_superseded");
  const from = session.status;
  if (from === "active" && session.holder?.status === "alive") {
    if (session.holder === boot) return { status: 200, body: wireOf(session, now) };
    return refusal(409, "session_owned", { epoch: session.epoch });
  }
  session.holder = session.lastHolder = boot;
  session.instanceId = boot.instanceId;
  session.epoch += 1;
  takeUp(session, now);
  const { epoch, instanceId } = session;
  note(session, { type: "claimed", at: now, data: { instanceId, epoch, from } });
  return { status: 200, body: wireOf(session, now) };
}
