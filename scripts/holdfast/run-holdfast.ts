import { checkCommand } from "./check-command";
import { CHECK_HELP } from "./check-options";
import { KEYS_HELP, keysCommand } from "./keys-command";
import { unknownWord, UsageError } from "./usage-error";
import type { World } from "./world";

const HELP = `Tools for those who operate Holdfast.

Usage: npm run holdfast -- <command> [options]

  check concurrent  many sessions at once are unique and independent
  check lifecycle   a session lives, expires and ends as it should
  check reconnect   a session survives its client and its server process
  check all         all three, against a running Holdfast
  keys rotate       a new key for reconnect tokens

npm run holdfast -- <command> --help tells about a command and its options.`;

const HELPS: Partial<Record<string, string>> = { check: CHECK_HELP, keys: KEYS_HELP };
const COMMANDS = Object.keys(HELPS);

/** The whole program: answers its exit code. */
export async function runHoldfast(args: readonly string[], world: World): Promise<number> {
  const [command = "", ...rest] = args;
  try {
    if (command === "check") return await checkCommand(rest, world);
    if (command === "keys") return keysCommand(rest, world);
    if (command === "help" || command === "--help" || command === "-h") {
      world.out.write(`${HELPS[rest[0] ?? ""] ?? HELP}\n`);
      return 0;
    }
    if (command === "") {
      world.err.write(`${HELP}\n`);
      return 2;
    }
    if (command.startsWith("-")) throw new UsageError(`Name the command before its options: ${command} stands alone.`);
    throw new UsageError(unknownWord("command", command, COMMANDS));
  } catch (error) {
    const message = usageMessage(error);
    if (message === null) throw error;
    const words = COMMANDS.includes(command) ? `${command} --help` : "--help";
    world.err.write(`${message}\nSee npm run holdfast -- ${words}.\n`);
    return 2;
  }
}

/** Null when the error is none of how the program was called. */
function usageMessage(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  const isOfParser = error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS_");
  // Its first sentence says what is wrong; the rest is about words that begin with a dash.
  return isOfParser ? `${error.message.replace(/\. To specify.*$/s, "").replace(/\.$/, "")}.` : null;
}
