/** Calls `stop` once, at the first Ctrl-C or SIGTERM. */
export function onStopSignal(stop: () => void): void {
  let isStopping = false;
  const handle = (): void => {
    if (isStopping) return;
    isStopping = true;
    stop();
  };
  process.on("SIGINT", handle);
  process.on("SIGTERM", handle);
}
