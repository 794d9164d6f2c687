import { MAX_PER_SECOND } from "@/lib/contract/termination-jobs";

/** The number that was typed, thousands separated or not; null when it is none. */
export function readCount(text: string): number | null {
  const digits = text.trim().replace(/(?<=\d)[,.'\s](?=\d{3})/g, "");
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** Sessions per second; null for what is no possible pace. */
export function readPace(text: string): number | null {
  const perSecond = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0;
  return perSecond >= 1 && perSecond <= MAX_PER_SECOND ? perSecond : null;
}
