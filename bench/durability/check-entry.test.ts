import { expect, it } from "vitest";
import { checkEntry, type FoundSession } from "./check-entry";
import { Ledger, type LedgerEntry } from "./ledger";

function entryWith(changes: Partial<LedgerEntry> = {}): LedgerEntry {
  return { ...new Ledger().add("a", false), isCreateAcknowledged: true, ...changes };
}

function foundWith(changes: Partial<FoundSession> = {}): FoundSession {
  return { id: "a", status: "active", endDetail: null, requestCount: 0, revision: 0, ...changes };
}

it("misses a session whose create was acknowledged, and only such a one", () => {
  expect(checkEntry(entryWith(), undefined)).toEqual(["a: the acknowledged create is missing"]);
  expect(checkEntry(entryWith({ isCreateAcknowledged: false }), undefined)).toEqual([]);
});

it("accepts what was sent but not acknowledged, whether it happened or not", () => {
  const entry = entryWith({ requestsAcknowledged: 3, requestsSent: 5, revisionAcknowledged: 1, revisionSent: 2 });
  expect(checkEntry(entry, foundWith({ requestCount: 3, revision: 1 }))).toEqual([]);
  expect(checkEntry(entry, foundWith({ requestCount: 5, revision: 2 }))).toEqual([]);
});

it("finds lost and doubled heartbeats and patches", () => {
  const entry = entryWith({ requestsAcknowledged: 3, requestsSent: 5, revisionAcknowledged: 1, revisionSent: 2 });
  expect(checkEntry(entry, foundWith({ requestCount: 2, revision: 0 }))).toEqual([
    "a: requests 2, but 3 were acknowledged",
    "a: revision 0, but 1 were acknowledged",
  ]);
  expect(checkEntry(entry, foundWith({ requestCount: 6, revision: 3 }))).toEqual([
    "a: requests 6, but only 5 were sent",
    "a: revision 3, but only 2 were sent",
  ]);
});

it("finds ends that were lost, invented or too early", () => {
  const ended = entryWith({ end: { as: "closed", reason: "done", isAcknowledged: true } });
  expect(checkEntry(ended, foundWith({ status: "closed", endDetail: "done" }))).toEqual([]);
  expect(checkEntry(ended, foundWith())).toEqual(['a: is active (null), but "done" was acknowledged']);
  expect(checkEntry(entryWith(), foundWith({ status: "terminated" }))).toEqual([
    "a: is terminated, but nobody asked for it",
  ]);
  expect(checkEntry(entryWith(), foundWith({ status: "expired" }))).toEqual(["a: expired long before its deadline"]);
  expect(checkEntry(entryWith({ isShortLived: true }), foundWith({ status: "expired" }))).toEqual([]);
});
