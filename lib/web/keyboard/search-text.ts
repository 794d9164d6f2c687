/** The longest text the registry looks for. */
const MAX_TEXT_LENGTH = 200;
/** Control characters, and half of a pair that stands for one character: cutting may leave one. */
const UNSEARCHABLE = /[\p{Cc}\p{Cs}]/gu;

/** What was typed, as far as the registry looks for it. */
export function searchText(typed: string): string {
  return typed.slice(0, MAX_TEXT_LENGTH).replace(UNSEARCHABLE, " ").trim();
}
