import fc from "fast-check";
import { issueToken, redeem, type Redemption } from "../model-reconnects";
import { allTokens, goodTokens } from "../model-tokens";
import type { ModelToken } from "../model-world";
import type { Real } from "../real-side";
import { bootChoice, pickBoot } from "./instance-commands";
import { commandOf, exchange, instanceIndex, pickId, pickSession, sessionIndex, type Step } from "./model-command";

export const issueTokenCommand = commandOf(
  "issueToken",
  fc.record({ session: sessionIndex, method: fc.constantFrom("GET", "POST") }),
  async ({ params, world, real }) => {
    const id = pickId({ world, real }, params.session);
    const { expected, issued } = issueToken(world, id);
    const answer = await exchange(real, { method: params.method, path: `/sessions/${id}/token`, expected });
    learn(issued, answer.body);
  },
);

/** Only the registry can make the text of a token. */
function learn(issued: ModelToken | null, body: Record<string, unknown>): void {
  if (issued) issued.text = String(body["token"]);
}

const taker = fc.oneof(fc.constant(null), fc.record({ instance: instanceIndex, boot: bootChoice }));

async function present(
  real: Real,
  { token, taker: by, ...asked }: Redemption,
  { expected, issued }: ReturnType<typeof redeem>,
): Promise<void> {
  const body = { token: token.text, ...by };
  const answer = await exchange(real, { method: "POST", path: `/sessions/${asked.id}/reconnect`, expected, body });
  learn(issued, answer.body);
}

/** The client comes back with the latest token that is good, if it has one. */
export const reconnectCommand = commandOf(
  "reconnect",
  fc.record({ session: sessionIndex, taker }),
  async ({ params, ...step }) => {
    const owner = pickSession(step.world, params.session);
    const token = owner && (goodTokens(owner, step.world.now).at(-1) ?? owner.tokens.at(-1));
    if (token) await attempt(step, { id: owner.id, token, owner, taker: takerOf(step, params.taker) });
  },
);

/** Somebody presents any token that was ever given out, most often for its own session. */
export const replayCommand = commandOf(
  "replay",
  fc.record({ session: sessionIndex, token: fc.nat(15), isForeign: fc.constantFrom(false, false, false, true), taker }),
  async ({ params, ...step }) => {
    const tokens = allTokens(step.world);
    const picked = tokens[params.token % Math.max(1, tokens.length)];
    if (!picked) return;
    const id = params.isForeign ? pickId(step, params.session) : picked.owner.id;
    await attempt(step, { ...picked, id, taker: takerOf(step, params.taker) });
  },
);

async function attempt({ world, real }: Omit<Step<unknown>, "params">, redemption: Redemption): Promise<void> {
  await present(real, redemption, redeem(world, redemption));
}

function takerOf(step: Omit<Step<unknown>, "params">, choice: Parameters<typeof pickBoot>[1] | null) {
  return choice && pickBoot(step, choice);
}
