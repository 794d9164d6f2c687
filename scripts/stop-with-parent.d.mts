/** Stops this process, as if told to, once the npm that started it is gone. */
export function stopWithParent(): void;
