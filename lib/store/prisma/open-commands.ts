import type { OpenCommand } from "../session-store";

/** Who a session belongs to: the address of commands. */
export interface SessionOwner {
  server: string;
  instanceId: string | null;
}

export interface AddressedCommand extends OpenCommand {
  owner: SessionOwner;
}

/** Owners remembered at most; a batch of unknown sessions costs one read. */
const MAX_OWNERS = 50_000;
const MAX_PER_REPLY = 100;

/**
 * Commands that await their acknowledgement, in memory and by address: every heartbeat asks for them, so while there are
 * none the question is free, and however many there are for others it costs a look-up. The database holds them for the
 * next start.
 */
export class OpenCommands {
  readonly #commands = new Map<string, AddressedCommand>();
  readonly #byAddress = new Map<string, Map<string, AddressedCommand>>();
  /** Instances that do not know the session of a command that goes to all of its server. */
  readonly #declinedBy = new Map<string, Set<string>>();
  readonly #owners = new Map<string, SessionOwner>();
  #ownersVersion = 0;
  readonly #listeners: ((address: SessionOwner) => void)[] = [];
  readonly #readOwners: (sessionIds: readonly string[]) => Promise<Map<string, SessionOwner>>;

  constructor(readOwners: (sessionIds: readonly string[]) => Promise<Map<string, SessionOwner>>) {
    this.#readOwners = readOwners;
  }

  get size(): number {
    return this.#commands.size;
  }

  /** Hears whenever there may be something new for an address. */
  onCommand(listener: (address: SessionOwner) => void): void {
    this.#listeners.push(listener);
  }

  /** Commands come in the order of their creation. */
  add(command: AddressedCommand): void {
    this.#commands.set(command.id, command);
    const key = keyOf(command.owner);
    const group = this.#byAddress.get(key);
    if (group) group.set(command.id, command);
    else this.#byAddress.set(key, new Map([[command.id, command]]));
  }

  /** Adds a command that has just been given. */
  announce(command: AddressedCommand): void {
    this.add(command);
    this.#notify(command.owner);
  }

  /** A settled command makes room in the replies for those behind it. */
  settle(id: string): void {
    const command = this.#commands.get(id);
    if (!command) return;
    this.#remove(command);
    this.#notify(command.owner);
  }

  /** The instance does not know the session: it need not hear of the command again. */
  decline(id: string, instanceId: string): void {
    const command = this.#commands.get(id);
    if (command?.owner.instanceId !== null) return;
    const declined = this.#declinedBy.get(id);
    if (declined) declined.add(instanceId);
    else this.#declinedBy.set(id, new Set([instanceId]));
    this.#notify(command.owner);
  }

  /** The session belongs to another owner from now on. */
  forgetOwner(sessionId: string): void {
    this.#owners.delete(sessionId);
    this.#ownersVersion += 1;
  }

  /** The first of those created since `since` for an instance: its own, and those of its server that are not bound to any. */
  forInstance(instance: SessionOwner, since: number): OpenCommand[] {
    this.#dropBefore(since);
    return this.#forOwners([instance]);
  }

  /** The first of those created since `since` for the servers of the named sessions; one bound to an instance only for that one. */
  async forSessions(sessionIds: readonly string[], since: number): Promise<OpenCommand[]> {
    this.#dropBefore(since);
    if (this.#commands.size === 0 || sessionIds.length === 0) return [];
    return this.#forOwners(await this.#ownersOf(sessionIds));
  }

  #forOwners(owners: readonly SessionOwner[]): OpenCommand[] {
    const found = new Map<string, AddressedCommand>();
    for (const { server, instanceId } of owners) {
      this.#collect({ server, instanceId }, instanceId, found);
      if (instanceId !== null) this.#collect({ server, instanceId: null }, instanceId, found);
    }
    const oldestFirst = [...found.values()].sort((a, b) => a.createdAt - b.createdAt);
    return oldestFirst.slice(0, MAX_PER_REPLY).map(toOpenCommand);
  }

  #collect(address: SessionOwner, asker: string | null, found: Map<string, AddressedCommand>): void {
    let count = 0;
    for (const [id, command] of this.#byAddress.get(keyOf(address)) ?? []) {
      if (asker !== null && this.#declinedBy.get(id)?.has(asker)) continue;
      found.set(id, command);
      count += 1;
      if (count === MAX_PER_REPLY) return;
    }
  }

  #notify(address: SessionOwner): void {
    for (const listener of this.#listeners) listener(address);
  }

  #remove({ id, owner }: AddressedCommand): void {
    this.#commands.delete(id);
    this.#declinedBy.delete(id);
    const key = keyOf(owner);
    const group = this.#byAddress.get(key);
    group?.delete(id);
    if (group?.size === 0) this.#byAddress.delete(key);
  }

  #dropBefore(since: number): void {
    for (const command of this.#commands.values()) {
      if (command.createdAt >= since) return;
      this.#remove(command);
    }
  }

  /** The distinct owners of the sessions. */
  async #ownersOf(sessionIds: readonly string[]): Promise<SessionOwner[]> {
    const unknown = sessionIds.filter((id) => !this.#owners.has(id));
    const read = unknown.length === 0 ? new Map<string, SessionOwner>() : await this.#readNew(unknown);
    const distinct = new Map<string, SessionOwner>();
    for (const id of sessionIds) {
      const owner = read.get(id) ?? this.#owners.get(id);
      if (owner) distinct.set(keyOf(owner), owner);
    }
    return [...distinct.values()];
  }

  async #readNew(sessionIds: readonly string[]): Promise<Map<string, SessionOwner>> {
    const version = this.#ownersVersion;
    const read = await this.#readOwners(sessionIds);
    // A session that changed hands during the read may have been read before it did.
    if (version !== this.#ownersVersion) return read;
    if (this.#owners.size + read.size > MAX_OWNERS) this.#owners.clear();
    for (const [id, owner] of read) this.#owners.set(id, owner);
    return read;
  }
}

function keyOf({ server, instanceId }: SessionOwner): string {
  return JSON.stringify([server, instanceId]);
}

function toOpenCommand({ id, type, sessionId, reason, createdAt }: AddressedCommand): OpenCommand {
  return { id, type, sessionId, reason, createdAt };
}
