/** How often the writers do what: shares of all they do. */
const WEIGHTS = {
  create: 8,
  heartbeat: 12,
  batch: 4,
  patch: 4,
  state: 10,
  messages: 8,
  disconnect: 4,
  claim: 5,
  register: 0.3,
  lease: 4,
  stop: 0.3,
  token: 5,
  reconnect: 6,
  replay: 1.5,
  renew: 2,
  terminate: 2,
  acknowledge: 2,
  close: 1.5,
} as const;

/** Everything that is written in the test; each kind of write has its own count of acknowledgements. */
export type Action = keyof typeof WEIGHTS;
export const ACTIONS = Object.keys(WEIGHTS) as Action[];

const TOTAL = ACTIONS.reduce((sum, action) => sum + WEIGHTS[action], 0);

/** The action at a place in [0, 1) when all of them lie side by side. */
export function actionAt(fraction: number): Action {
  let left = fraction * TOTAL;
  return ACTIONS.find((action) => (left -= WEIGHTS[action]) < 0) ?? "heartbeat";
}

export function countsOfNone(): Record<Action, number> {
  return Object.fromEntries(ACTIONS.map((action) => [action, 0])) as Record<Action, number>;
}
