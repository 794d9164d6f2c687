import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isStartupError } from "@/lib/domain/startup-error";
import { rotateSigningKeys } from "@/lib/runtime/signing-keys";
import { unknownWord, UsageError } from "./usage-error";
import type { World } from "./world";

export const KEYS_HELP = `Manages the keys that reconnect tokens are signed with. They are in the data folder, readable by its owner alone.

Usage: npm run holdfast -- keys rotate [options]

  rotate  new tokens get a new key; tokens of earlier keys stay good until they expire

Options
  --data-dir <folder>  Holdfast's data folder (HOLDFAST_DATA_DIR, default ./data)
  --help               this text

A Holdfast that is running on the folder takes the new key up by itself, without a restart.

Exit codes: 0 done · 1 failed · 2 wrong usage`;

/**
 * `keys …`
 * @throws UsageError
 */
export function keysCommand(args: readonly string[], { env, out, err }: World): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { "data-dir": { type: "string" }, help: { type: "boolean", short: "h", default: false } },
  });
  if (values.help) {
    out.write(`${KEYS_HELP}\n`);
    return 0;
  }
  const [word, ...more] = positionals;
  if (word === undefined) throw new UsageError("Say what to do with the keys: rotate.");
  if (word !== "rotate") throw new UsageError(unknownWord("command for keys:", word, ["rotate"]));
  if (more.length > 0) throw new UsageError(`keys rotate takes no further words: ${more.join(" ")}.`);
  const folder = values["data-dir"] ?? env["HOLDFAST_DATA_DIR"] ?? "./data";
  if (folder === ":memory:") throw new UsageError("A throw-away instance keeps no keys: name a data folder.");
  try {
    const { keyId, kept } = rotateSigningKeys(folder, Date.now());
    out.write(`New reconnect tokens are signed with the key ${keyId} from now on (${resolve(folder)}).\n`);
    const earlier = kept === 1 ? "1 earlier key verifies until its" : `${String(kept)} earlier keys verify until their`;
    out.write(`${earlier} last token has expired.\n`);
    return 0;
  } catch (error) {
    if (!isStartupError(error)) throw error;
    err.write(`${error.message}\n`);
    return 1;
  }
}
