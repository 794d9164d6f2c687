import type { Action } from "./actions";
import type { Facts } from "./facts";

/** An answer of the registry, read. */
export interface Reply {
  status: number;
  body: unknown;
  /** Of a problem document. */
  code: string | null;
}

/** One write to one session, noted before it is sent. */
export interface Attempt {
  action: Action;
  request: Buffer;
  /** The same at the same moment over another connection: only one of the two may have an effect. */
  rival?: Buffer;
  /** What it may have made of the session. */
  possible: readonly Partial<Facts>[];
  /** Reads the acknowledgements, of which there is at least one: what is true of the session now. */
  accept: (replies: readonly Reply[]) => Partial<Facts>;
  /** Refusals that are no surprise. */
  refusals?: readonly string[];
  /** The refusal that acknowledges it. */
  wanted?: string;
  /** Whether its client would send it again after a cut. */
  canRepeat?: boolean;
  /** What a refusal undoes in the writer's notes. */
  takeBack?: () => void;
}

export function isAcknowledged({ status, code }: Reply, wanted?: string): boolean {
  return wanted === undefined ? status >= 200 && status < 300 : code === wanted;
}
