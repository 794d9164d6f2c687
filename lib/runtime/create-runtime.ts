import { dirname } from "node:path";
import type { Logger } from "pino";
import { HealthProjection } from "@/lib/domain/projection/health-projection";
import { TerminationBook } from "@/lib/domain/termination-book";
import { InstanceSignalBus } from "@/lib/live/instance-signals";
import { LiveFeed } from "@/lib/live/live-feed";
import { createMcpEndpoint, type McpEndpoint } from "@/lib/mcp/create-mcp-endpoint";
import { createMetrics, type Metrics } from "@/lib/metrics/create-metrics";
import type { ServiceContext, TokenSigner } from "@/lib/services/context";
import { liveSource } from "@/lib/services/live-source";
import { recordNotices } from "@/lib/services/record-notices";
import type { Terminations } from "@/lib/services/terminations";
import { startRegistry } from "@/lib/services/start-registry";
import { sweepExpired } from "@/lib/services/sweep";
import type { SessionStore } from "@/lib/store/session-store";
import { openSessionStore } from "@/lib/store/prisma/open-session-store";
import type { Config } from "./config";
import { startHousekeeping } from "./housekeeping";
import { systemIds } from "./ids";
import { createLogger } from "./logger";
import { createTokenSigner } from "./reconnect-tokens";
import { openSigningKeys } from "./signing-keys";
import { SteadyClock } from "./steady-clock";
import { systemTimers } from "./timers";
import { startTerminationRunner } from "./termination-runner";

/** Everything that one process of Holdfast consists of. */
export interface Runtime {
  config: Config;
  context: ServiceContext;
  log: Logger;
  /** The registry as an MCP server. */
  mcp: McpEndpoint;
  metrics: Metrics;
  /** What happens, told to those who look on. */
  live: LiveFeed;
  /** False from the moment the process begins to stop. */
  isServing: () => boolean;
  /** Says that no new work should come; requests under way still finish. */
  beginShutdown: () => void;
  /** Finishes what was accepted, then releases the database. */
  close: () => Promise<void>;
}

export interface RuntimeOptions {
  clock?: SteadyClock;
  /** Without housekeeping nothing happens unless it is called for: for tests that own the clock. */
  keepsHouse?: boolean;
}

/**
 * The composition root: locks and migrates the data folder, opens the store, rebuilds the figures, starts the sweeper.
 * @throws StartupError with a message for the operator
 */
export async function createRuntime(
  config: Config,
  { clock = new SteadyClock(), keepsHouse = true }: RuntimeOptions = {},
): Promise<Runtime> {
  const log = createLogger(config.logLevel);
  if (config.unknownSettings.length > 0) log.warn({ settings: config.unknownSettings }, "ignoring unknown settings");
  const { store, databasePath, migrationsApplied } = await openSessionStore(config);
  if (migrationsApplied.length > 0) log.info({ databasePath, migrationsApplied }, "migrated the database");
  const health = new HealthProjection(config.policy.thresholds);
  const tokens = await openTokens(store, dirname(databasePath), { now: clock.now(), log });
  const signals = new InstanceSignalBus(setImmediate);
  const duties = { orphans: false, revivals: false };
  const terminations: Terminations = new TerminationBook();
  const policy = config.policy;
  const context: ServiceContext = {
    store,
    health,
    clock,
    ids: systemIds,
    tokens,
    signals,
    duties,
    terminations,
    log,
    policy,
  };
  const runId = await startRegistry(context);
  const terminationRunner = keepsHouse ? startTerminationRunner(context) : null;
  const housekeeping = keepsHouse ? startHousekeeping(context, clock, runId) : null;
  const live = openLiveFeed(context);
  let isServing = true;
  const beginShutdown = (): void => {
    isServing = false;
    live.close();
    signals.close();
    terminations.stopAll(clock.now());
  };

  return {
    config,
    context,
    log,
    mcp: createMcpEndpoint(context),
    metrics: createMetrics(context, { monotonicMs: () => performance.now(), observesProcess: keepsHouse }),
    live,
    isServing: () => isServing,
    beginShutdown,
    close: async () => {
      beginShutdown();
      await terminationRunner?.stop();
      await housekeeping?.stop();
      await finalChores(context, runId);
      await store.close();
    },
  };
}

function openLiveFeed(context: ServiceContext): LiveFeed {
  const { store, signals, log } = context;
  const live = new LiveFeed({ source: liveSource(context), timers: systemTimers, log });
  store.log.onGrowth(() => {
    live.wake();
  });
  store.onCommit((changes) => {
    live.onChanges(changes);
  });
  signals.subscribe({
    onSignal: ({ about, instanceId }) => {
      if (about === "instance" && instanceId !== null) live.onInstance(instanceId);
    },
    onTick: () => undefined,
    onClose: () => undefined,
  });
  return live;
}

/** Without its keys the registry does not start, and leaves the data folder to whoever tries next. */
async function openTokens(
  store: SessionStore,
  folder: string,
  options: { now: number; log: Logger },
): Promise<TokenSigner> {
  try {
    return createTokenSigner(openSigningKeys(folder, options));
  } catch (error) {
    await store.close();
    throw error;
  }
}

/** As many as a stop may take about a second for. */
const NOTICE_WRITES_AT_CLOSE = 100;

/** Records what is due, so that the next start has nothing to guess; a full disk must not keep the process from ending. */
async function finalChores(ctx: ServiceContext, runId: number): Promise<void> {
  try {
    await recordNotices(ctx, NOTICE_WRITES_AT_CLOSE);
    await sweepExpired(ctx);
    await ctx.store.stopRun(runId, ctx.clock.now());
  } catch (error) {
    ctx.log.error({ err: error }, "could not record the end of this run");
  }
}
