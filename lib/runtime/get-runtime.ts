import type { Runtime } from "./create-runtime";

/** Bundles each load their own copy of a module; the global symbol registry is what they share. */
const KEY = Symbol.for("holdfast.runtime");

interface Holder {
  [KEY]: Promise<Runtime> | undefined;
}

// The one place where the global object is used as a holder.
const holder = globalThis as unknown as Holder;

/** The runtime of this process; built from the environment when the process was not started by `server.ts`. */
export function getRuntime(): Promise<Runtime> {
  return (holder[KEY] ??= startRuntime().catch((error: unknown) => {
    // The next request may find the cause removed.
    holder[KEY] = undefined;
    throw error;
  }));
}

async function startRuntime(): Promise<Runtime> {
  const [{ createRuntime }, { loadConfig }] = await Promise.all([import("./create-runtime"), import("./config")]);
  return createRuntime(loadConfig(process.env, process.cwd()));
}

/** Makes a runtime the one that every bundle of this process finds. */
export function shareRuntime(runtime: Runtime): void {
  holder[KEY] = Promise.resolve(runtime);
}
