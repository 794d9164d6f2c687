import { expect, it } from "vitest";
import type { KnownBoot } from "../known-boot";
import { type KnownCommand, type KnownToken, type LedgerEntry, newEntry } from "../ledger-entry";
import type { FoundBoot, FoundCommand, FoundToken } from "../snapshot";
import { checkBoot } from "./check-boot";
import { checkCommand } from "./check-command";
import { checkTokens, hashOf } from "./check-tokens";

const SESSION = { id: "a", server: "s", isShortLived: false, round: 1 };

it("finds processes whose registration, goodbye or lease was lost", () => {
  const boot: KnownBoot = {
    ...{ instanceId: "i", bootId: "b", isFickle: false, status: "alive", sent: null, leaseExpiresAt: 1_000 },
  };
  const found: FoundBoot = { bootId: "b", status: "alive", leaseExpiresAt: 1_000 };
  expect(checkBoot(boot, found)).toEqual([]);
  expect(checkBoot(boot, undefined)).toEqual(["b: the acknowledged registration is missing"]);
  expect(checkBoot({ ...boot, status: null, sent: "alive" }, undefined)).toEqual([]);
  expect(checkBoot(boot, { ...found, leaseExpiresAt: 999 })).toEqual([
    "b: its lease ends earlier than was acknowledged",
  ]);
  expect(checkBoot({ ...boot, status: "stopped" }, found)).toEqual(["b: is alive, but stopped was acknowledged"]);
  expect(checkBoot({ ...boot, sent: "stopped" }, { ...found, status: "stopped" })).toEqual([]);
  expect(checkBoot(boot, { ...found, status: "lost" })).toEqual(["b: lost its lease long before its end"]);
  expect(checkBoot({ ...boot, isFickle: true }, { ...found, status: "lost" })).toEqual([]);
});

it("finds tokens that were lost, redeemed twice or revoked for nothing", () => {
  const row = (text: string, changes: Partial<FoundToken> = {}): FoundToken => ({
    ...{ hash: hashOf(text), redeemedAt: null, revokedAt: null, successor: null },
    ...changes,
  });
  const check = (token: Partial<KnownToken>, found?: FoundToken): string[] => {
    const tokens = [{ text: "t", isSent: false, spent: null, ...token }];
    const rows = new Map(found ? [[found.hash, found]] : []);
    return checkTokens({ ...newEntry(SESSION), tokens }, rows);
  };
  const spent = { successor: "u", at: 5 };
  const redeemed = row("t", { redeemedAt: 5, successor: hashOf("u") });
  expect(check({}, row("t"))).toEqual([]);
  expect(check({})).toEqual(["a: an acknowledged token is missing"]);
  expect(check({}, redeemed)).toEqual(["a: a token is redeemed, but nobody sent it"]);
  expect(check({ isSent: true }, redeemed)).toEqual([]);
  expect(check({ spent }, redeemed)).toEqual([]);
  expect(check({ spent }, row("t"))).toEqual(["a: an acknowledged redemption is missing"]);
  expect(check({ spent: { ...spent, successor: "v" } }, redeemed)).toEqual([
    "a: a redeemed token has another successor than was acknowledged",
  ]);
  expect(check({}, row("t", { revokedAt: 5 }))).toEqual(["a: a token is revoked, but nobody replayed one"]);
});

it("finds commands that were lost, doubled, or open again", () => {
  const open: KnownCommand = { id: "c", outcome: null, sent: null, since: 0 };
  const found: FoundCommand = { id: "c", sessionId: "a", acknowledgedAt: null, outcome: null };
  const answered = { ...found, acknowledgedAt: 5, outcome: "done" };
  const check = (command: KnownCommand | null, rows: FoundCommand[], changes: Partial<LedgerEntry> = {}): string[] =>
    checkCommand({ ...newEntry(SESSION), command, ...changes }, rows);
  expect(check(null, [])).toEqual([]);
  expect(check(null, [found])).toEqual(["a: has a command, but nobody asked for one"]);
  expect(check(open, [found])).toEqual([]);
  expect(check(open, [])).toEqual(["a: the command of its acknowledged termination is missing"]);
  expect(check(open, [], { isShortLived: true })).toEqual([]);
  expect(check(open, [found, found])).toEqual(["a: has 2 commands"]);
  expect(check(open, [answered])).toHaveLength(1);
  expect(check({ ...open, sent: "done" }, [answered])).toEqual([]);
  expect(check({ ...open, sent: "failed" }, [answered])).toHaveLength(1);
  expect(check({ ...open, outcome: "done" }, [answered])).toEqual([]);
  expect(check({ ...open, outcome: "done" }, [found])).toEqual([
    "a: its command has the outcome null, but done was acknowledged",
  ]);
});
