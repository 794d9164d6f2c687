const RETRY_MS = 3_000;

/** Loads a part of the page that arrives later; while the server cannot be reached it keeps asking instead of failing. */
export async function loadUntilFound<Module>(load: () => Promise<Module>): Promise<Module> {
  for (;;) {
    try {
      return await load();
    } catch {
      // The page says by itself that the registry cannot be reached.
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}
