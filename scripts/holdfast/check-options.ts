import { parseArgs } from "node:util";
import type { Check, CheckOptions } from "./check";
import { concurrent } from "./checks/concurrent";
import { lifecycle } from "./checks/lifecycle";
import { reconnect } from "./checks/reconnect";
import { formatDuration, parseDuration } from "./duration";
import { unknownWord, UsageError } from "./usage-error";

const CHECKS: readonly Check[] = [concurrent, lifecycle, reconnect];
const DEFAULT_URL = "http://127.0.0.1:3738";

export const CHECK_HELP = `Checks a running Holdfast through its HTTP API: makes sessions of its own, watches what becomes of them, closes them.

Usage: npm run holdfast -- check <concurrent|lifecycle|reconnect|all> [options]

  concurrent  many sessions at once are unique and independent; no write of any of them is lost
  lifecycle   a session is created, keeps state and messages, expires on time, is continued, closed, terminated
  reconnect   a session survives its client and its server process; tokens bring it back once, false ones never
  all         all three

Options
  --url <address>       where Holdfast listens (HOLDFAST_URL, default ${DEFAULT_URL})
  --header <n: value>   sent with every request, such as credentials for a proxy; may be repeated
  --sessions <n>        sessions of the bulk steps, 1 to 10000 (default 500)
  --parallel <n>        requests under way at a time, 2 to 256 (default 32)
  --idle <duration>     idle timeout of the sessions that are to expire, 1s to 10m (default 2s)
  --lease <duration>    lease of the instance that is to die, 1s to 10m (default 2s)
  --timeout <duration>  how long to wait for an answer, 100ms to 10m (default 10s)
  --json                print the result as one JSON document and nothing else
  --help                this text

Durations have a unit: 500ms, 2s, 1m.

The sessions belong to the server "holdfast-check" and carry the label "holdfast-check" with the name of the run. They are
closed at the end, also after Ctrl-C, and stay on record like any ended session until their retention is over.

Exit codes: 0 passed · 1 failed · 2 wrong usage, or no Holdfast to be reached · 130 interrupted`;

export interface CheckCommand {
  checks: readonly Check[];
  url: URL;
  headers: Record<string, string>;
  timeoutMs: number;
  options: CheckOptions;
  isJson: boolean;
}

/**
 * Reads what follows `check` on the command line; null when that asks for help.
 * @throws UsageError
 */
export function readCheckOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CheckCommand | null {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      url: { type: "string" },
      header: { type: "string", multiple: true, default: [] },
      sessions: { type: "string", default: "500" },
      parallel: { type: "string", default: "32" },
      idle: { type: "string", default: "2s" },
      lease: { type: "string", default: "2s" },
      timeout: { type: "string", default: "10s" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) return null;
  return {
    checks: chooseChecks(positionals),
    url:
      values.url === undefined
        ? readUrl("HOLDFAST_URL", env["HOLDFAST_URL"] ?? DEFAULT_URL)
        : readUrl("--url", values.url),
    headers: Object.fromEntries(values.header.map(readHeader)),
    timeoutMs: readDuration("--timeout", values.timeout, 100),
    options: {
      sessions: readWhole("--sessions", values.sessions, [1, 10_000]),
      parallel: readWhole("--parallel", values.parallel, [2, 256]),
      idleMs: readDuration("--idle", values.idle, 1_000),
      leaseMs: readDuration("--lease", values.lease, 1_000),
    },
    isJson: values.json,
  };
}

function chooseChecks([word, ...more]: readonly string[]): readonly Check[] {
  const known = [...CHECKS.map(({ name }) => name), "all"];
  if (word === undefined) throw new UsageError(`Say what to check: ${known.join(", ")}.`);
  if (more.length > 0) throw new UsageError(`One check at a time, or all: ${[word, ...more].join(" ")} is too much.`);
  if (word === "all") return CHECKS;
  const check = CHECKS.find(({ name }) => name === word);
  if (!check) throw new UsageError(unknownWord("check", word, known));
  return [check];
}

function readUrl(name: string, text: string): URL {
  const url = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : null;
  if (!url) throw new UsageError(`${name} must be an address such as ${DEFAULT_URL}, not "${text}".`);
  if (url.username !== "" || url.password !== "") {
    throw new UsageError(`${name} must not hold credentials: send them with --header "Authorization: …".`);
  }
  url.search = "";
  url.hash = "";
  return url;
}

function readHeader(text: string): [string, string] {
  const [, name, value] = /^([\w!#$%&'*+.^`|~-]+):\s*(.*)$/.exec(text) ?? [];
  if (name === undefined || value === undefined) {
    throw new UsageError(`--header must be a name and a value, as in "Authorization: Bearer …", not "${text}".`);
  }
  return [name.toLowerCase(), value];
}

function readWhole(name: string, text: string, [min, max]: readonly [number, number]): number {
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  throw new UsageError(`${name} must be a whole number from ${String(min)} to ${String(max)}, not "${text}".`);
}

function readDuration(name: string, text: string, minMs: number): number {
  const ms = parseDuration(text);
  if (ms === null) {
    throw new UsageError(`${name} must be a duration with its unit, such as 500ms, 2s or 1m, not "${text}".`);
  }
  if (ms >= minMs && ms <= 600_000) return ms;
  throw new UsageError(`${name} must be from ${formatDuration(minMs)} to 10 min, not ${text}.`);
}
