import type { TestRegistry } from "../test-registry";

/** The registry under test, and what keeps one run apart from the others on it. */
export interface Real {
  registry: TestRegistry;
  /** Begins every id, server and principal of the run. */
  prefix: string;
  /** Figures of earlier runs, which never change again. */
  before: Record<string, number>;
  /** What each session was created with. */
  requests: Map<string, object>;
  /** Turns with every command, so that dear checks take turns. */
  turn: number;
}
