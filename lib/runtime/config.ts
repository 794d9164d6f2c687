import { z } from "zod";
import { StartupError } from "@/lib/domain/startup-error";

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

/** A host name, an IPv4 address, or an IPv6 address in brackets. */
const HOST_NAME = /^(?:\[[0-9a-f:.]+\]|[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)$/;

/** Read by those who report to Holdfast, not by Holdfast: no reason for a warning. */
const REPORTERS_SETTING = "HOLDFAST_URL";

/** A whole number in a range, with the value for when it is not set. */
function integer(min: number, max: number, fallback: number) {
  return z
    .string()
    .regex(/^\d+$/, { error: "must be a whole number, without sign or unit" })
    .transform(Number)
    .pipe(
      z
        .int()
        .min(min, `must be at least ${String(min)}`)
        .max(max, `must be at most ${String(max)}`),
    )
    .default(fallback);
}

const DAY_MS = 24 * 3_600_000;

const Environment = z
  .object({
    HOST: z.string().min(1, "must not be empty").default("127.0.0.1"),
    PORT: integer(0, 65_535, 3738),
    HOLDFAST_DATA_DIR: z.string().min(1, "must not be empty").default("./data"),
    HOLDFAST_ALLOWED_HOSTS: z
      .string()
      .default("")
      .transform((value) =>
        value
          .split(",")
          .map((host) => host.trim().toLowerCase())
          .filter(Boolean),
      )
      .pipe(
        z.array(z.string().regex(HOST_NAME, { error: "must be host names or addresses, without scheme and port" })),
      ),
    HOLDFAST_IDLE_TIMEOUT_MS: integer(1_000, 30 * DAY_MS, 30 * 60_000),
    HOLDFAST_AGING_AFTER_MS: integer(100, 30 * DAY_MS, 5 * 60_000),
    HOLDFAST_STALE_AFTER_MS: integer(100, 30 * DAY_MS, 10 * 60_000),
    HOLDFAST_BOOT_GRACE_MS: integer(0, DAY_MS, 60_000),
    HOLDFAST_INSTANCE_LEASE_MS: integer(1_000, 3_600_000, 30_000),
    HOLDFAST_RECOVERY_WINDOW_MS: integer(1_000, 7 * DAY_MS, 15 * 60_000),
    HOLDFAST_TOKEN_TTL_MS: integer(1_000, DAY_MS, 15 * 60_000),
    HOLDFAST_RETENTION_DAYS: integer(8, 3_650, 30),
    HOLDFAST_MAX_VIEWERS: integer(0, 1_000_000, 10_000),
    HOLDFAST_LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
  })
  .refine((env) => env.HOLDFAST_AGING_AFTER_MS < env.HOLDFAST_STALE_AFTER_MS, {
    path: ["HOLDFAST_STALE_AFTER_MS"],
    error: "must be greater than HOLDFAST_AGING_AFTER_MS; set both",
  });

export type Config = Readonly<{
  host: string;
  port: number;
  dataDir: string;
  rootDir: string;
  /** Host names besides loopback that requests may be addressed to. */
  allowedHosts: readonly string[];
  /** Connections to the live feed at one time. */
  maxViewers: number;
  logLevel: (typeof LOG_LEVELS)[number];
  /** Variables that look like settings and are not: worth a warning, not a refusal. */
  unknownSettings: readonly string[];
  policy: Readonly<{
    thresholds: Readonly<{ agingAfterMs: number; staleAfterMs: number }>;
    defaultIdleTimeoutMs: number;
    bootGraceMs: number;
    retentionMs: number;
    leaseMs: number;
    recoveryWindowMs: number;
    tokenTtlMs: number;
  }>;
}>;

/**
 * Reads the settings from environment variables.
 * @throws StartupError naming every variable that is wrong
 */
export function loadConfig(env: Readonly<Record<string, string | undefined>>, rootDir: string): Config {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const value = env[name];
      return `${name}: ${message} (${value === undefined ? "not set, so it has its default" : `is ${JSON.stringify(value)}`})`;
    });
    throw new StartupError(problems.join("\n"));
  }
  const { data } = parsed;
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    dataDir: data.HOLDFAST_DATA_DIR,
    rootDir,
    allowedHosts: data.HOLDFAST_ALLOWED_HOSTS,
    maxViewers: data.HOLDFAST_MAX_VIEWERS,
    logLevel: data.HOLDFAST_LOG_LEVEL,
    unknownSettings: Object.keys(env).filter(
      (name) => name.startsWith("HOLDFAST_") && name !== REPORTERS_SETTING && !(name in data),
    ),
    policy: Object.freeze({
      thresholds: Object.freeze({
        agingAfterMs: data.HOLDFAST_AGING_AFTER_MS,
        staleAfterMs: data.HOLDFAST_STALE_AFTER_MS,
      }),
      defaultIdleTimeoutMs: data.HOLDFAST_IDLE_TIMEOUT_MS,
      bootGraceMs: data.HOLDFAST_BOOT_GRACE_MS,
      retentionMs: data.HOLDFAST_RETENTION_DAYS * DAY_MS,
      leaseMs: data.HOLDFAST_INSTANCE_LEASE_MS,
      recoveryWindowMs: data.HOLDFAST_RECOVERY_WINDOW_MS,
      tokenTtlMs: data.HOLDFAST_TOKEN_TTL_MS,
    }),
  });
}
