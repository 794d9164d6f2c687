import { expect, it } from "vitest";
import type { Attempt } from "../attempt";
import { type Facts, FRESH, IDLE, LOST, SHUT_DOWN } from "../facts";
import type { KnownBoot } from "../known-boot";
import { type LedgerEntry, newEntry } from "../ledger-entry";
import type { FoundSession } from "../snapshot";
import { checkEntry } from "./check-entry";

const BOOT: KnownBoot = {
  ...{ instanceId: "i", bootId: "b", isFickle: false, status: "alive", sent: null, leaseExpiresAt: 0 },
};

function entryWith(facts: Partial<Facts> = {}, changes: Partial<LedgerEntry> = {}): LedgerEntry {
  const given = { id: "a", server: "s", isShortLived: false, round: 1 };
  return { ...newEntry(given, facts), isCreateAcknowledged: true, ...changes };
}

function foundWith(changes: Partial<FoundSession> = {}): FoundSession {
  const { boot: _, ...facts } = FRESH;
  return { id: "a", requestCount: 0, ...facts, ...changes };
}

function cutOff(possible: Partial<Facts>[]): Partial<LedgerEntry> {
  const attempt: Attempt = { action: "state", request: Buffer.alloc(0), possible, accept: () => ({}) };
  return { attempt };
}

it("misses a session whose create was acknowledged, and only such a one", () => {
  expect(checkEntry(entryWith(), undefined)).toEqual(["a: the acknowledged create is missing"]);
  expect(checkEntry(entryWith({}, { isCreateAcknowledged: false }), undefined)).toEqual([]);
});

it("finds lost and doubled heartbeats, and accepts those that were cut off", () => {
  const entry = entryWith({}, { requestsAcknowledged: 3, requestsSent: 5 });
  expect(checkEntry(entry, foundWith({ requestCount: 2 }))).toEqual(["a: requests 2, but 3 were acknowledged"]);
  expect(checkEntry(entry, foundWith({ requestCount: 3 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ requestCount: 5 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ requestCount: 6 }))).toEqual(["a: requests 6, but only 5 were sent"]);
});

it("finds whatever differs from what was acknowledged", () => {
  const entry = entryWith({ epoch: 3, messageCount: 2, stateVersion: 7 });
  expect(checkEntry(entry, foundWith({ epoch: 3, messageCount: 2, stateVersion: 7 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ epoch: 2, messageCount: 3, stateVersion: 6 }))).toEqual([
    "a: epoch 2, but 3 was acknowledged",
    "a: stateVersion 6, but 7 was acknowledged",
    "a: messageCount 3, but 2 was acknowledged",
  ]);
});

it("accepts a write that was cut off as a whole or not at all", () => {
  const entry = entryWith({ stateVersion: 1 }, cutOff([{ stateVersion: 2, stateBase: 2 }]));
  expect(checkEntry(entry, foundWith({ stateVersion: 1 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ stateVersion: 2, stateBase: 2 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ stateVersion: 2 }))).toEqual([
    "a: stateVersion 2, but 1 was acknowledged, even if the state that was cut off happened",
  ]);
});

it("finds ends that were lost, invented or too early", () => {
  const closed = { status: "closed", endReason: "server_closed", endDetail: "done" } as const;
  expect(checkEntry(entryWith(closed), foundWith(closed))).toEqual([]);
  expect(checkEntry(entryWith(closed), foundWith())).toEqual([
    "a: is active, but closed / server_closed / done was acknowledged",
  ]);
  expect(checkEntry(entryWith(), foundWith(closed))).toEqual([
    "a: is closed / server_closed / done, but active was acknowledged",
  ]);
  expect(checkEntry(entryWith(), foundWith(IDLE))).toHaveLength(1);
  expect(checkEntry(entryWith({}, { isShortLived: true }), foundWith(IDLE))).toEqual([]);
});

it("lets an expiry that was only heard of be undone by a grace period", () => {
  const heard = entryWith(IDLE, { isShortLived: true, isExpiryHeard: true });
  expect(checkEntry(heard, foundWith())).toEqual([]);
  expect(checkEntry(heard, foundWith(IDLE))).toEqual([]);
  expect(checkEntry({ ...heard, isExpiryHeard: false }, foundWith())).toHaveLength(1);
});

it("lets sessions go with their process, and only with it", () => {
  const of = (changes: Partial<KnownBoot>): LedgerEntry => entryWith({ boot: { ...BOOT, ...changes } });
  const found = (changes: Partial<FoundSession>): FoundSession => foundWith({ bootId: "b", ...changes });
  expect(checkEntry(of({}), found(LOST))).toEqual(["a: is disconnected / instance_lost, but active was acknowledged"]);
  expect(checkEntry(of({ isFickle: true }), found(LOST))).toEqual([]);
  expect(checkEntry(of({ sent: "superseded" }), found(LOST))).toEqual([]);
  expect(checkEntry(of({ sent: "superseded" }), found(SHUT_DOWN))).toHaveLength(1);
  expect(checkEntry(of({ sent: "stopped" }), found(SHUT_DOWN))).toEqual([]);
  const lost = (changes: Partial<KnownBoot>): LedgerEntry => entryWith({ ...LOST, boot: { ...BOOT, ...changes } });
  expect(checkEntry(lost({ isFickle: true }), found({}))).toEqual([]);
  expect(checkEntry(lost({ isFickle: true, status: "superseded" }), found({}))).toHaveLength(1);
});

it("finds a session with two owners' claims mixed up", () => {
  const other: KnownBoot = { ...BOOT, instanceId: "j", bootId: "c" };
  const entry = entryWith({ instanceId: "i", boot: BOOT }, cutOff([{ epoch: 2, instanceId: "j", boot: other }]));
  expect(checkEntry(entry, foundWith({ epoch: 2, instanceId: "j", bootId: "c" }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ epoch: 2, instanceId: "j", bootId: "b" }))).not.toEqual([]);
  expect(checkEntry(entry, foundWith({ epoch: 3, instanceId: "j", bootId: "c" }))).not.toEqual([]);
});
