import { describe, expect, it } from "vitest";
import { MAX_BATCH, prepareMessage } from "./prepare-message";

const call = { jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "list_sessions" } };
const cancellation = { jsonrpc: "2.0", method: "notifications/cancelled", params: { requestId: 1 } };

describe("prepareMessage", () => {
  it("lets a message pass as it is", () => {
    expect(prepareMessage(call)).toEqual({ message: call });
    expect(prepareMessage("nonsense")).toEqual({ message: "nonsense" });
    expect(prepareMessage([])).toEqual({ message: [] });
  });

  it("takes cancellations out, wherever they stand", () => {
    expect(prepareMessage([cancellation, call, cancellation])).toEqual({ message: [call] });
    expect(prepareMessage(cancellation)).toBeNull();
    expect(prepareMessage([cancellation, cancellation])).toBeNull();
  });

  it("refuses a batch that is too long", () => {
    expect(prepareMessage(Array<unknown>(MAX_BATCH).fill(call))).toMatchObject({ message: { length: MAX_BATCH } });
    expect(prepareMessage(Array<unknown>(MAX_BATCH + 1).fill(call))).toBe("too_many");
  });
});
