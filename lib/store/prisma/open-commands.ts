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
 * Commands that await their acknowledgement, in memory: every heartbeat asks for them, so while there are none the
 * question is free, and while there are some it costs a look-up. The database holds them for the next start.
 */
export class OpenCommands {
  readonly #commands = new Map<string, AddressedCommand>();
  readonly #owners = new Map<string, SessionOwner>();
  readonly #listeners: ((address: SessionOwner) => void)[] = [];
  readonly #readOwners: (sessionIds: readonly string[]) => Promise<Map<string, SessionOwner>>;

  constructor(readOwners: (sessionIds: readonly string[]) => Promise<Map<string, SessionOwner>>) {
    this.#readOwners = readOwners;
  }

  /** Hears of every command that is announced. */
  onCommand(listener: (address: SessionOwner) => void): void {
    this.#listeners.push(listener);
  }

  /** Commands come in the order of their creation. */
  add(command: AddressedCommand): void {
    this.#commands.set(command.id, command);
  }

  /** Adds a command that has just been given. */
  announce(command: AddressedCommand): void {
    this.add(command);
    for (const listener of this.#listeners) listener(command.owner);
  }

  /** The session belongs to another owner from now on. */
  forgetOwner(sessionId: string): void {
    this.#owners.delete(sessionId);
  }

  /** Those created since `since` for an instance: its own, and those of its server that are not bound to any. */
  forInstance(instance: SessionOwner, since: number): OpenCommand[] {
    this.#dropBefore(since);
    return [...this.#commands.values()]
      .filter(({ owner }) => isFor(owner, instance))
      .slice(0, MAX_PER_REPLY)
      .map(toOpenCommand);
  }

  delete(id: string): void {
    this.#commands.delete(id);
  }

  /** Those created since `since` for the servers of the named sessions; one bound to an instance only for that one. */
  async forSessions(sessionIds: readonly string[], since: number): Promise<OpenCommand[]> {
    this.#dropBefore(since);
    if (this.#commands.size === 0 || sessionIds.length === 0) return [];
    const owners = await this.#ownersOf(sessionIds);
    return [...this.#commands.values()]
      .filter(({ owner }) => owners.some((candidate) => isFor(owner, candidate)))
      .slice(0, MAX_PER_REPLY)
      .map(toOpenCommand);
  }

  #dropBefore(since: number): void {
    for (const [id, { createdAt }] of this.#commands) {
      if (createdAt >= since) return;
      this.#commands.delete(id);
    }
  }

  /** The distinct owners of the sessions. */
  async #ownersOf(sessionIds: readonly string[]): Promise<SessionOwner[]> {
    const unknown = sessionIds.filter((id) => !this.#owners.has(id));
    if (unknown.length > 0) {
      if (this.#owners.size + unknown.length > MAX_OWNERS) this.#owners.clear();
      for (const [id, owner] of await this.#readOwners(unknown)) this.#owners.set(id, owner);
    }
    const distinct = new Map<string, SessionOwner>();
    for (const id of sessionIds) {
      const owner = this.#owners.get(id);
      if (owner) distinct.set(JSON.stringify([owner.server, owner.instanceId]), owner);
    }
    return [...distinct.values()];
  }
}

function toOpenCommand({ id, type, sessionId, reason, createdAt }: AddressedCommand): OpenCommand {
  return { id, type, sessionId, reason, createdAt };
}

function isFor(addressee: SessionOwner, owner: SessionOwner): boolean {
  return (
    addressee.server === owner.server && (addressee.instanceId === null || addressee.instanceId === owner.instanceId)
  );
}
