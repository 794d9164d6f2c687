export interface InstanceSignal {
  /** `command`: there may be commands to hand out; `instance`: the instance itself has changed. */
  about: "command" | "instance";
  server: string;
  /** Null: for every instance of the server. */
  instanceId: string | null;
}

interface Listener {
  onSignal: (signal: InstanceSignal) => void;
  onTick: () => void;
  onClose: () => void;
}

/**
 * Tells followers that something happened to an instance, within this process; what happened they read themselves. What
 * comes in one turn of the event loop is told once: a thousand terminations are one look at the commands.
 */
export class InstanceSignalBus {
  readonly #defer: (task: () => void) => void;
  readonly #listeners = new Set<Listener>();
  readonly #pending = new Map<string, InstanceSignal>();
  #isClosed = false;

  constructor(defer: (task: () => void) => void) {
    this.#defer = defer;
  }

  announce(signal: InstanceSignal): void {
    if (this.#listeners.size === 0) return;
    const isFirst = this.#pending.size === 0;
    this.#pending.set(JSON.stringify([signal.about, signal.server, signal.instanceId]), signal);
    if (!isFirst) return;
    this.#defer(() => {
      this.#deliver();
    });
  }

  /** Lets followers show that they are still there. */
  tick(): void {
    for (const { onTick } of [...this.#listeners]) onTick();
  }

  /** Answers how to unsubscribe. After `close` a listener is told so at once. */
  subscribe(listener: Listener): () => void {
    if (this.#isClosed) listener.onClose();
    else this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Sends every follower home. */
  close(): void {
    this.#isClosed = true;
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const { onClose } of listeners) onClose();
  }

  #deliver(): void {
    const signals = [...this.#pending.values()];
    this.#pending.clear();
    for (const { onSignal } of [...this.#listeners]) for (const signal of signals) onSignal(signal);
  }
}
