const LOOK_EVERY_MS = 500;

/**
 * npm runs a script through a shell that does not pass signals on: whoever stops npm would leave the server behind. So a
 * process that npm has started stops, as if told to, once its parent is gone.
 */
export function stopWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, LOOK_EVERY_MS);
  timer.unref();
}
