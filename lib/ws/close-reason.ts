const MAX_REASON_BYTES = 123;

/** Code and sentence of an error, cut to what a close frame can carry without breaking a character. */
export function closeReason(code: string, detail: string): string {
  const bytes = Buffer.from(`${code}: ${detail}`);
  if (bytes.length <= MAX_REASON_BYTES) return bytes.toString();
  let end = MAX_REASON_BYTES;
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end).toString();
}
