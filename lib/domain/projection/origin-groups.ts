import type { SessionOrigin } from "../events";
import type { ActiveGroup } from "./active-sessions";

/** Open sessions of one server, client and protocol revision. */
export interface OriginGroup extends SessionOrigin, ActiveGroup {
  /** Its client is one of too many to be told apart. */
  isCrowd: boolean;
  /** Sessions that hold it, active or not: a group that nobody holds is forgotten. */
  held: number;
}

/** Names come from outside: beyond this many groups, clients are no longer told apart. */
const MAX_GROUPS = 5_000;

/** Counts open sessions by where they come from; as many groups as there are combinations, however many sessions. */
export class OriginGroups {
  readonly #groups = new Map<string, OriginGroup>();
  readonly #maxGroups: number;

  constructor(maxGroups = MAX_GROUPS) {
    this.#maxGroups = maxGroups;
  }

  hold(origin: SessionOrigin): OriginGroup {
    const known = this.#groups.get(keyOf(origin, false));
    const group = known ?? this.#open(origin, this.#groups.size >= this.#maxGroups);
    group.held += 1;
    return group;
  }

  release(group: OriginGroup): void {
    group.held -= 1;
    if (group.held === 0) this.#groups.delete(keyOf(group, group.isCrowd));
  }

  all(): IterableIterator<OriginGroup> {
    return this.#groups.values();
  }

  #open({ server, client, protocol }: SessionOrigin, isCrowd: boolean): OriginGroup {
    const key = keyOf({ server, client, protocol }, isCrowd);
    const known = this.#groups.get(key);
    if (known) return known;
    const group = { server, client: isCrowd ? null : client, protocol, isCrowd, active: 0, held: 0 };
    this.#groups.set(key, group);
    return group;
  }
}

function keyOf({ server, client, protocol }: SessionOrigin, isCrowd: boolean): string {
  return JSON.stringify([server, protocol, ...(isCrowd ? [] : [client])]);
}
