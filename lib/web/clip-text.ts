/** The beginning of a text that is longer than `maxLength`, never half a character; null when it fits. */
export function clipText(text: string, maxLength: number): string | null {
  if (text.length <= maxLength) return null;
  const last = text.charCodeAt(maxLength - 1);
  const isSplitPair = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, isSplitPair ? maxLength - 1 : maxLength);
}
