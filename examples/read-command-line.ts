import { parseArgs, type ParseArgsConfig } from "node:util";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<T extends Options> = ReturnType<typeof parseArgs<{ options: T }>>["values"];

/** Reads the command line; `--help` prints the usage and exits, a mistake prints what is wrong and exits with 2. */
export function readCommandLine<const T extends Options>(usage: string, options: T): Values<T> {
  if (process.argv.includes("--help") || process.argv.includes("-h")) {
    console.log(usage);
    process.exit(0);
  }
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    return failUsage(error instanceof Error ? error.message : String(error));
  }
}

/** Ends the process with an error about how it was called. */
export function failUsage(message: string): never {
  console.error(`${message}\nUse --help to see what is possible.`);
  process.exit(2);
}

/** A whole number within a range, or a readable end. */
export function wholeNumber(name: string, text: string, [min, max]: readonly [number, number]): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isInteger(value) && value >= min && value <= max) return value;
  return failUsage(`${name} must be a whole number from ${String(min)} to ${String(max)}, not "${text}".`);
}

/** A web address, or a readable end. */
export function webAddress(name: string, text: string): URL {
  if (URL.canParse(text) && /^https?:/.test(text)) return new URL(text);
  return failUsage(`${name} must be an address such as http://127.0.0.1:3738, not "${text}".`);
}
