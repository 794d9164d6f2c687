interface Signal {
  server: string;
  instanceId: string | null;
}

interface Listener {
  onSignal: (signal: Signal) => void;
  onTick: () => void;
  onClose: () => void;
}

/** Tells followers that something happened to an instance, within this process; what happened they read themselves. */
export class InstanceSignalBus {
  readonly #listeners = new Set<Listener>();
  #isClosed = false;

  announce(signal: Signal): void {
    for (const { onSignal } of [...this.#listeners]) onSignal(signal);
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
}
