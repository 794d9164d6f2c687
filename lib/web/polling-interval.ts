export const VISIBLE_POLL_MS = 10_000;
export const URGENT_POLL_MS = 1_000;
const HIDDEN_POLL_MS = 30_000;

export function pollingInterval(isVisible: boolean): number {
  return isVisible ? VISIBLE_POLL_MS : HIDDEN_POLL_MS;
}
