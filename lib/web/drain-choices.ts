const MINUTE_MS = 60_000;
export const MAX_DRAIN_MINUTES = 7 * 24 * 60;

export const DRAIN_CHOICES = [
  { value: "0", label: "Now" },
  { value: "5", label: "In 5 min" },
  { value: "30", label: "In 30 min" },
  { value: "custom", label: "Other" },
] as const;
export type DrainChoice = (typeof DRAIN_CHOICES)[number]["value"];

/** What is asked for in milliseconds; null while the minutes typed are none that can be set. */
export function withinMsOf(choice: DrainChoice, minutes: string): number | null {
  if (choice !== "custom") return Number(choice) * MINUTE_MS;
  const typed = Number(minutes);
  const isPossible = minutes.trim() !== "" && Number.isInteger(typed) && typed >= 1 && typed <= MAX_DRAIN_MINUTES;
  return isPossible ? typed * MINUTE_MS : null;
}
