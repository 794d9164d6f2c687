import { afterEach, beforeEach } from "vitest";
import type { SessionChange } from "@/lib/domain/events";
import type { SessionFacts, SessionRecord } from "@/lib/domain/session";
import { sampleFacts } from "./sample-facts";
import type { Beat, SessionEnd, SessionStore } from "../session-store";

/** A store on new, empty storage. */
export interface FreshStore {
  store: SessionStore;
  /** Closes the store and opens another on the same storage. */
  reopen: () => Promise<SessionStore>;
  remove: () => Promise<void>;
}

export type OpenFreshStore = () => Promise<FreshStore>;

/** What a contract works with: a new store for each test, and short ways to say what happens. */
export interface StoreFixture {
  readonly store: SessionStore;
  /** Every change that the store has reported, in order. */
  readonly changes: SessionChange[];
  reopen(): Promise<SessionStore>;
  create(facts: Partial<SessionFacts> & { id: string }, now?: number): Promise<SessionRecord>;
  end(end: Partial<SessionEnd> & { id: string }): Promise<"won" | "lost">;
  read(id: string): Promise<SessionRecord>;
  eventTypes(id: string): Promise<string[]>;
}

/** The moment at which every contract begins. */
export const START = Date.UTC(2026, 0, 11, 12, 0, 0);

export function beatOf(id: string, beat: Partial<Beat> = {}): Beat {
  return { id, activityAt: null, inFlight: 0, requests: 0, errors: 0, ...beat };
}

export function storeFixture(openFresh: OpenFreshStore): StoreFixture {
  let fresh: FreshStore;
  let store: SessionStore;
  let changes: SessionChange[];
  const listen = (): void => {
    store.onCommit((committed) => changes.push(...committed));
  };
  beforeEach(async () => {
    fresh = await openFresh();
    store = fresh.store;
    changes = [];
    listen();
  });
  afterEach(() => fresh.remove());

  const read = async (id: string): Promise<SessionRecord> => {
    const record = await store.findSession(id);
    if (!record) throw new Error(`${id} is not stored`);
    return record;
  };
  return {
    get store() {
      return store;
    },
    get changes() {
      return changes;
    },
    reopen: async () => {
      store = await fresh.reopen();
      listen();
      return store;
    },
    create: async (facts, now = START) => {
      const result = await store.createSession({ facts: sampleFacts(facts), idempotency: null, now });
      if (result.outcome === "lost") throw new Error(`${facts.id} is taken`);
      return result.session;
    },
    end: async (end) => {
      const defaults = { as: "closed", reason: "client_closed", detail: null, commandId: null, now: START } as const;
      return (await store.endSession({ ...defaults, ...end })).outcome;
    },
    read,
    eventTypes: async (id) => {
      const events = await store.listEvents(id, { after: 0, limit: 100 });
      return events.map(({ type }) => type);
    },
  };
}
