import { randomBytes } from "node:crypto";
import { CHECK_HELP, readCheckOptions } from "./check-options";
import { probeInstance } from "./probe-instance";
import { Registry } from "./registry";
import { RegistryClient } from "./registry-client";
import { jsonReporter } from "./reporter";
import { runChecks } from "./run-checks";
import { TextReporter } from "./text-reporter";
import type { World } from "./world";

const EXIT_CODES = { passed: 0, failed: 1, interrupted: 130 } as const;

/**
 * `check …`
 * @throws UsageError
 */
export async function checkCommand(args: readonly string[], { env, out, err, clock, signal }: World): Promise<number> {
  const command = readCheckOptions(args, env);
  if (!command) {
    out.write(`${CHECK_HELP}\n`);
    return 0;
  }
  const { url, headers, timeoutMs, checks, options, isJson } = command;
  const shownUrl = url.href.replace(/\/+$/, "");
  const client = new RegistryClient({ url, headers, timeoutMs, signal });
  const trouble = await probeInstance(client, shownUrl);
  if (trouble !== null) {
    err.write(`${trouble}\n`);
    return 2;
  }
  const { outcome } = await runChecks({
    url: shownUrl,
    checks,
    options,
    clock,
    registry: new Registry(client, randomBytes(4).toString("hex")),
    reporter: isJson ? jsonReporter(out) : new TextReporter({ out, env, now: () => clock.now() }),
  });
  return EXIT_CODES[outcome];
}
