import type { Command } from "@/lib/contract/heartbeat";
import type { Instance } from "@/lib/contract/instances";
import type { InstanceRecord } from "@/lib/domain/instance";
import type { ServiceContext } from "./context";
import { presentDrain } from "./present-instance";
import { COMMAND_WINDOW_MS, presentCommand } from "./record-heartbeats";
import { canComeBack } from "./require-instance";

/** Where news of an instance go. */
export interface InstanceFollower {
  command(command: Command): void;
  drain(drain: Instance["drain"]): void;
  /** Nothing has happened for a while. */
  ping(): void;
  /** Nothing more will come: another boot has taken over, or Holdfast stops. */
  end(): void;
}

/**
 * Hands a boot its open commands, those after the one it has seen (null: all), and each new one as soon as it is on disk;
 * also its drain when that changes. At most a hundred wait for their acknowledgement: the next come as those are settled. A
 * command may come twice, and acknowledging it twice is harmless. Answers how to stop.
 */
export function followInstance(
  ctx: ServiceContext,
  { instance, after }: { instance: InstanceRecord; after: string | null },
  follower: InstanceFollower,
): () => void {
  const { id, server, bootId } = instance;
  let sent = new Set<string>(seenBefore(openCommands(ctx, instance), after));
  let drain = "null";

  const sendCommands = (): void => {
    const open = openCommands(ctx, instance);
    const fresh = open.filter((command) => !sent.has(command.id));
    // What is no longer open is forgotten: it cannot come again.
    sent = new Set(open.map((command) => command.id));
    for (const command of fresh) follower.command(command);
  };
  const sendDrain = (current: InstanceRecord): void => {
    const next = presentDrain(current.drain);
    if (JSON.stringify(next) === drain) return;
    drain = JSON.stringify(next);
    follower.drain(next);
  };
  const refresh = async (): Promise<void> => {
    const current = await ctx.store.instances.findInstance(id);
    if (current?.bootId !== bootId || !canComeBack(current)) follower.end();
    else sendDrain(current);
  };

  const refreshOrWarn = (): void => {
    refresh().catch((error: unknown) => {
      ctx.log.warn({ err: error, instanceId: id }, "could not refresh an instance for its follower");
    });
  };

  const stop = ctx.signals.subscribe({
    onSignal: (signal) => {
      if (signal.about === "instance") {
        // Another server may have taken the id over: the id alone decides.
        if (signal.instanceId === id) refreshOrWarn();
      } else if (signal.server === server && (signal.instanceId ?? id) === id) sendCommands();
    },
    onTick: () => {
      follower.ping();
    },
    onClose: () => {
      follower.end();
    },
  });
  sendCommands();
  sendDrain(instance);
  // It may have changed between its reading and the subscription.
  refreshOrWarn();
  return stop;
}

function openCommands(ctx: ServiceContext, instance: InstanceRecord): Command[] {
  return ctx.store.openCommandsOf(instance, ctx.clock.now() - COMMAND_WINDOW_MS).map(presentCommand);
}

/** Everything up to the last one seen; if that one is settled by now, nothing is known and all are sent. */
function seenBefore(commands: readonly Command[], after: string | null): string[] {
  const last = commands.findIndex(({ id }) => id === after);
  return commands.slice(0, last + 1).map(({ id }) => id);
}
