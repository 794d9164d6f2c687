interface Findable {
  label: string;
  keywords?: string | undefined;
}

/** The commands in which every word of a text begins a word; those found by their label before those found by a keyword. */
export function matchCommands<Command extends Findable>(commands: readonly Command[], text: string): Command[] {
  const wanted = wordsOf(text);
  const byLabel = commands.filter(({ label }) => hasAll(label, wanted));
  const byKeyword = commands.filter(
    (command) => !byLabel.includes(command) && hasAll(`${command.label} ${command.keywords ?? ""}`, wanted),
  );
  return [...byLabel, ...byKeyword];
}

function hasAll(text: string, wanted: readonly string[]): boolean {
  const words = wordsOf(text);
  return wanted.every((start) => words.some((word) => word.startsWith(start)));
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}
