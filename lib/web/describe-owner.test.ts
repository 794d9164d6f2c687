import { expect, it } from "vitest";
import { describeOwner } from "./describe-owner";

it.each([
  ["active", null, "alive", "Serves this session."],
  ["active", null, "lost", "Served this session last; it is not running now."],
  ["disconnected", "instance_lost", "lost", "Served this session until it was disconnected; it is not running now."],
  ["disconnected", "instance_lost", "alive", "Is running again, and has not claimed this session."],
  ["disconnected", "transport_lost", "alive", "Is running, but has lost the connection to the client."],
  ["expired", "recovery_window_over", "alive", "Served this session last."],
] as const)("of a session that is %s (%s), by an instance that is %s", (...[status, endReason, process, sentence]) => {
  expect(describeOwner({ status, endReason }, { status: process })).toBe(sentence);
});
