import type { QueryKey } from "@tanstack/react-query";
import type { RecentSession, SessionHealthSummary } from "@/lib/contract/health";
import type { Instance, InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import type { SingleFrame } from "@/lib/contract/live";
import { recentSession } from "@/lib/contract/recent-session";
import type { Session } from "@/lib/contract/session";
import { queryKeys } from "../query-keys";
import { sessionListKeys } from "../sessions/session-list-cache";
import { advanceAges } from "./advance-ages";

/** As many rows as the registry answers. */
const RECENT_ROWS = 20;
/** How long after one reading the next may follow, by what it costs and how much it matters. */
const SOON_MS = 250;
const HEAD_MS = 2_000;
const COUNTS_MS = 2_000;
const SERIES_MS = 5_000;

/** What the browser has of the things that frames tell of. */
export interface LiveCaches {
  health: SessionHealthSummary | undefined;
  /** How old `health` is: what it says of ages is as old. */
  healthAgeMs: number;
  servers: ServerList | undefined;
  instances: ReadonlyMap<string, InstanceWithCounts>;
  /** At which position each session was last told of. */
  positions: ReadonlyMap<string, number>;
}

export interface Refresh {
  /** Everything below this key. */
  queryKey: QueryKey;
  /** Least time from one reading to the next. */
  gapMs: number;
  /** Read once more while the answer was made before this moment of the registry, ISO 8601: answers may be shared for a while. */
  newerThan?: string;
}

/** One reading that does for both. */
export function joinRefreshes(one: Refresh, other: Refresh): Refresh {
  const newerThan = [one.newerThan ?? "", other.newerThan ?? ""].sort().at(-1) ?? "";
  return { queryKey: one.queryKey, gapMs: Math.min(one.gapMs, other.gapMs), newerThan };
}

/** What becomes of it; null: nothing. */
export interface LivePatches {
  health: SessionHealthSummary | null;
  /** Whether the figures are the registry's own, of this moment. */
  areFiguresNew: boolean;
  servers: ServerList | null;
  instances: ReadonlyMap<string, InstanceWithCounts>;
  /** Every session that was told of, as it is now. */
  sessions: ReadonlyMap<string, Session>;
  positions: ReadonlyMap<string, number>;
  /** What changed in ways that frames do not tell. */
  refresh: readonly Refresh[];
}

type FrameOf<Type extends SingleFrame["type"]> = Extract<SingleFrame, { type: Type }>;
type SessionFrame = FrameOf<"session_created" | "session_updated" | "session_disconnected">;

/** What frames make of what is known. The same frame again, or one that was overtaken, changes nothing. */
export function applyFrames(caches: LiveCaches, frames: readonly SingleFrame[]): LivePatches {
  const draft = new Draft(caches);
  for (const frame of frames) draft.apply(frame);
  return draft;
}

class Draft implements LivePatches {
  health: SessionHealthSummary | null = null;
  areFiguresNew = false;
  servers: ServerList | null = null;
  readonly instances = new Map<string, InstanceWithCounts>();
  readonly sessions = new Map<string, Session>();
  readonly positions = new Map<string, number>();
  readonly #caches: LiveCaches;
  readonly #refresh = new Map<string, Refresh>();

  constructor(caches: LiveCaches) {
    this.#caches = caches;
  }

  get refresh(): readonly Refresh[] {
    return [...this.#refresh.values()];
  }

  apply(frame: SingleFrame): void {
    switch (frame.type) {
      case "session_created":
      case "session_updated":
      case "session_disconnected":
        this.#applySession(frame);
        return;
      case "command_updated":
        this.#readAnew(queryKeys.events(frame.sessionId), SOON_MS);
        return;
      case "instance_updated":
        this.#applyInstance(frame.instance);
        return;
      case "health":
        if (this.#caches.health) this.health = frame.health;
        this.areFiguresNew = this.health !== null;
        this.#readAnew(queryKeys.allHistory(), SERIES_MS);
        return;
      // They tell of the feed itself.
      case "hello":
      case "resync":
    }
  }

  #applySession(frame: SessionFrame): void {
    const { session, seq } = frame;
    const known = this.positions.get(session.id) ?? this.#caches.positions.get(session.id) ?? 0;
    if (seq < known) return;
    this.positions.set(session.id, seq);
    this.sessions.set(session.id, session);
    const summary = this.health ?? this.#agedHealth();
    if (summary) this.health = { ...summary, recentActivity: withRow(summary.recentActivity, recentSession(session)) };
    const events = frame.type === "session_updated" ? frame.events : null;
    // Mere activity is told completely.
    if (events?.length === 0) return;
    this.#readAnew(queryKeys.events(session.id), SOON_MS);
    this.#readAnew(queryKeys.explanations(session.id), SOON_MS);
    if (events?.includes("state_written")) this.#readAnew(queryKeys.state(session.id), SOON_MS);
    if (events?.includes("messages_appended")) this.#readAnew(queryKeys.messages(session.id), SOON_MS);
    this.#readAnew(sessionListKeys.allHeads(), HEAD_MS);
    this.#readAnew(sessionListKeys.allFacets(), COUNTS_MS, frame.at);
    this.#readAnew(queryKeys.allInstances(), COUNTS_MS);
  }

  /** Its counts are not told, and a boot that is new here belongs in places that only the registry knows. */
  #applyInstance(instance: Instance): void {
    const isIt = ({ id, bootId }: Instance) => id === instance.id && bootId === instance.bootId;
    const servers = this.servers ?? this.#caches.servers;
    if (servers) this.servers = withInstance(servers, isIt, instance);
    const known = this.instances.get(instance.id) ?? this.#caches.instances.get(instance.id);
    if (known && isIt(known)) this.instances.set(instance.id, { ...known, ...instance });
    this.#readAnew(queryKeys.allInstances(), SOON_MS);
  }

  #agedHealth(): SessionHealthSummary | undefined {
    const { health, healthAgeMs } = this.#caches;
    if (!health) return undefined;
    return { ...health, recentActivity: health.recentActivity.map((row) => advanceAges(row, healthAgeMs)) };
  }

  #readAnew(queryKey: QueryKey, gapMs: number, newerThan = ""): void {
    const name = JSON.stringify(queryKey);
    const refresh = { queryKey, gapMs, newerThan };
    this.#refresh.set(name, joinRefreshes(this.#refresh.get(name) ?? refresh, refresh));
  }
}

/** With a row as it is now, in the order of the registry: the latest activity first. */
function withRow(rows: readonly RecentSession[], row: RecentSession): RecentSession[] {
  return [row, ...rows.filter(({ id }) => id !== row.id)].sort(byLatestActivity).slice(0, RECENT_ROWS);
}

function byLatestActivity(a: RecentSession, b: RecentSession): number {
  return (
    compareTexts(b.lastActivityAt, a.lastActivityAt) ||
    compareTexts(b.createdAt, a.createdAt) ||
    compareTexts(a.id, b.id)
  );
}

/** Times of the registry have one form, in which they sort as text. */
function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function withInstance(list: ServerList, isIt: (instance: Instance) => boolean, instance: Instance): ServerList {
  const servers = list.servers.map((server) =>
    server.instances.some(isIt)
      ? { ...server, instances: server.instances.map((each) => (isIt(each) ? { ...each, ...instance } : each)) }
      : server,
  );
  return { ...list, servers };
}
