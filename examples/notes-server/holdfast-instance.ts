import { randomUUID } from "node:crypto";
import { type HoldfastApi, RefusedError } from "./holdfast-api";
import type { Boot, InstanceFacts } from "./holdfast-wire";

export interface InstanceOptions {
  api: HoldfastApi;
  instanceId: string;
  describe: () => InstanceFacts;
  log: (line: string) => void;
}

/** This process as Holdfast knows it: registered before its first call, and again whenever Holdfast asks for it. */
export class HoldfastInstance {
  readonly #options: InstanceOptions;
  #boot: Boot;
  #isRegistered = false;
  #isLeaving = false;
  #registering: Promise<void> | undefined;

  constructor(options: InstanceOptions) {
    this.#options = options;
    this.#boot = newBoot(options.instanceId);
  }

  /** Makes a call in this boot's name, a second time if the boot had to be registered for it. */
  async run<T>(call: (boot: Boot) => Promise<T>): Promise<T> {
    await this.#register();
    const boot = this.#boot;
    try {
      return await call(boot);
    } catch (error) {
      if (!this.#isDisowned(error, boot)) throw error;
      await this.#register();
      return call(this.#boot);
    }
  }

  /** Before a shutdown; nothing to say where nobody knows of this process. */
  async sayGoodbye(): Promise<void> {
    this.#isLeaving = true;
    if (!this.#isRegistered) return;
    this.#isRegistered = false;
    await this.#options.api.sayGoodbye(this.#boot);
  }

  #register(): Promise<void> {
    if (this.#isLeaving) return Promise.reject(new Error("the process has said goodbye"));
    if (this.#isRegistered) return Promise.resolve();
    this.#registering ??= this.#registerOnce().finally(() => (this.#registering = undefined));
    return this.#registering;
  }

  async #registerOnce(): Promise<void> {
    const { api, describe } = this.#options;
    try {
      await api.registerInstance(this.#boot, describe());
    } catch (error) {
      if (!this.#isDisowned(error, this.#boot)) throw error;
      await api.registerInstance(this.#boot, describe());
    }
    this.#isRegistered = true;
  }

  /** Whether Holdfast does not know the boot, or takes it for one of the past: then it needs a new name. */
  #isDisowned(error: unknown, boot: Boot): boolean {
    if (!(error instanceof RefusedError)) return false;
    const { code } = error;
    if (code !== "instance_superseded" && code !== "instance_not_found") return false;
    // Another call may have come here first.
    if (boot !== this.#boot) return true;
    this.#isRegistered = false;
    if (code === "instance_superseded") {
      this.#options.log(`Holdfast takes ${boot.instanceId} for ended or replaced; registering it anew`);
      this.#boot = newBoot(boot.instanceId);
    }
    return true;
  }
}

function newBoot(instanceId: string): Boot {
  return { instanceId, bootId: randomUUID() };
}
