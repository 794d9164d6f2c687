import { ClippedText } from "./clipped-text";

const LONGEST_STRING = 240;
// Drawn, not written: quotation marks inside a text stay what they are when it is copied.
const TEXT = `text-good before:content-['"'] after:content-['"']`;

interface JsonValueProps {
  value: unknown;
}

/** A value that contains nothing else: text, a number, true, false, null, an empty object or list. */
export function JsonValue({ value }: JsonValueProps) {
  if (typeof value === "string") {
    return <ClippedText text={value} maxLength={LONGEST_STRING} className={TEXT} />;
  }
  return <span className={`wrap-anywhere ${colourOf(value)}`}>{JSON.stringify(value)}</span>;
}

function colourOf(value: unknown): string {
  if (typeof value === "number") return "text-accent-strong";
  return typeof value === "boolean" ? "text-warn" : "text-ink-soft";
}
