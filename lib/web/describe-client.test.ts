import { expect, it } from "vitest";
import { describeClient } from "./describe-client";

it("names a client by its title, then its name, then its id", () => {
  const clientInfo = { name: "claude-ai", title: "Claude", version: "0.9" };
  expect(describeClient({ clientInfo, clientId: "c1" })).toEqual({ name: "Claude", version: "0.9" });
  expect(describeClient({ clientInfo: { name: "claude-ai" }, clientId: "c1" })).toEqual({
    name: "claude-ai",
    version: null,
  });
  expect(describeClient({ clientInfo: null, clientId: "c1" })).toEqual({ name: "c1", version: null });
});

it("trusts nothing but text in what a client says of itself", () => {
  expect(describeClient({ clientInfo: { name: 7, version: {} }, clientId: null })).toBeNull();
  expect(describeClient({ clientInfo: { name: "  " }, clientId: "c1" })).toEqual({ name: "c1", version: null });
});
