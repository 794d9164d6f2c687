import fc from "fast-check";
import { drain, register, stop } from "../model-boots";
import { claim } from "../model-claims";
import { bootOf, LEASE_MS } from "../model-world";
import { commandOf, exchange, instanceIndex, pickId, sessionIndex, type Step } from "./model-command";

/** The boot that the registry takes for the instance, or one that it has never been, or was once. */
export const bootChoice = fc.constantFrom("current", "current", "current", "current", "earlier" as const);

interface BootParams {
  instance: number;
  boot: "current" | "earlier";
}

export function pickBoot({ world, real }: Omit<Step<unknown>, "params">, { instance, boot }: BootParams) {
  const instanceId = `${real.prefix}-i${String(instance)}`;
  const own = world.boots.filter((one) => one.instanceId === instanceId);
  const chosen = boot === "current" ? bootOf(world, instanceId) : own[0];
  return { instanceId, bootId: chosen?.bootId ?? "boot-0" };
}

export const registerCommand = commandOf(
  "register",
  fc.record({
    instance: instanceIndex,
    boot: fc.constantFrom("new", "new", "current", "earlier" as const),
    server: fc.constantFrom("notes", "notes", "notes", "notes", "files"),
    leaseMs: fc.constantFrom(LEASE_MS, LEASE_MS, 5_000),
  }),
  async ({ params, world, real }) => {
    const { instance, leaseMs } = params;
    const chosen = pickBoot({ world, real }, { instance, boot: params.boot === "earlier" ? "earlier" : "current" });
    const { instanceId } = chosen;
    const bootId = params.boot === "new" ? `boot-${String(world.boots.length)}` : chosen.bootId;
    const server = `${real.prefix}-${params.server}`;
    const expected = register(world, { instanceId, bootId, server, leaseMs });
    const body = { bootId, server, leaseMs };
    await exchange(real, { method: "PUT", path: `/instances/${instanceId}`, expected, body });
  },
);

export const stopCommand = commandOf(
  "stopInstance",
  fc.record({ instance: instanceIndex, boot: bootChoice }),
  async ({ params, world, real }) => {
    const { instanceId, bootId } = pickBoot({ world, real }, params);
    const expected = stop(world, { instanceId, bootId });
    await exchange(real, { method: "DELETE", path: `/instances/${instanceId}`, expected, body: { bootId } });
  },
);

export const drainCommand = commandOf(
  "drain",
  fc.record({ instance: instanceIndex, order: fc.constantFrom(null, null, { withinMs: null }, { withinMs: 60_000 }) }),
  async ({ params, world, real }) => {
    const instanceId = `${real.prefix}-i${String(params.instance)}`;
    const expected = drain(world, instanceId, params.order);
    const path = `/instances/${instanceId}/drain`;
    await exchange(
      real,
      params.order ? { method: "PUT", path, expected, body: params.order } : { method: "DELETE", path, expected },
    );
  },
);

export const claimCommand = commandOf(
  "claim",
  fc.record({ session: sessionIndex, instance: instanceIndex, boot: bootChoice }),
  async ({ params, world, real }) => {
    const id = pickId({ world, real }, params.session);
    const body = pickBoot({ world, real }, params);
    const expected = claim(world, id, body);
    await exchange(real, { method: "POST", path: `/sessions/${id}/claim`, expected, body });
  },
);
