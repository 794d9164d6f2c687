import { isDeepStrictEqual } from "node:util";
import { must } from "../check-failure";
import type { Registry } from "../registry";

/** What a session is given to remember. */
export const KEPT_STATE = { counter: 5, lastTool: "list_nodes" };

/** @throws CheckFailure unless the session still has its state, and nothing else */
export async function mustHaveState(registry: Registry, id: string, expected: object = KEPT_STATE): Promise<void> {
  const { state } = await registry.readState(id);
  must(
    isDeepStrictEqual(state, expected),
    () => `the state of ${id} is ${shortened(state)}, not ${shortened(expected)}`,
  );
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length <= 120 ? text : `${text.slice(0, 119)}…`;
}
