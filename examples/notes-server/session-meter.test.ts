import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it } from "vitest";
import { SessionMeter } from "./session-meter";

const request = (id: RequestId): JSONRPCMessage => ({ jsonrpc: "2.0", id, method: "tools/call", params: {} });
const result = (id: RequestId, fields = {}): JSONRPCMessage => ({ jsonrpc: "2.0", id, result: fields });
const error = (id: RequestId): JSONRPCMessage => ({ jsonrpc: "2.0", id, error: { code: -32603, message: "no" } });
const notice = (method: string, params = {}): JSONRPCMessage => ({ jsonrpc: "2.0", method, params });

function meterAt(): { meter: SessionMeter; advance: (ms: number) => void } {
  let now = 1_000;
  return { meter: new SessionMeter(() => now), advance: (ms) => void (now += ms) };
}

describe("SessionMeter", () => {
  it("is idle from the end of the last request, not from its beginning", () => {
    const { meter, advance } = meterAt();
    meter.received(request(1));
    advance(8_000);
    meter.sent(result(1));
    advance(300);
    expect(meter.read()).toEqual({ idleMs: 300, inFlight: 0, requests: 1, errors: 0 });
  });

  it("is not idle while a request is in flight", () => {
    const { meter, advance } = meterAt();
    meter.received(request(1));
    meter.received(request(2));
    meter.sent(result(2));
    advance(60_000);
    expect(meter.read()).toEqual({ idleMs: 0, inFlight: 1, requests: 2, errors: 0 });
  });

  it("counts failed requests and failed tools as errors", () => {
    const { meter } = meterAt();
    for (const id of [1, 2, 3]) meter.received(request(id));
    meter.sent(error(1));
    meter.sent(result(2, { isError: true }));
    meter.sent(result(3, { isError: false }));
    expect(meter.read()).toMatchObject({ requests: 3, errors: 2, inFlight: 0 });
  });

  it("takes the cancellation of a request as its end", () => {
    const { meter, advance } = meterAt();
    meter.received(request("long"));
    meter.received(notice("notifications/cancelled", { requestId: "long" }));
    advance(50);
    expect(meter.read()).toEqual({ idleMs: 50, inFlight: 0, requests: 1, errors: 0 });
  });

  it("does not take notifications and the client's own answers for activity", () => {
    const { meter, advance } = meterAt();
    advance(500);
    meter.received(notice("notifications/initialized"));
    meter.received(result(9));
    meter.sent(notice("notifications/message"));
    meter.sent(request(9));
    expect(meter.read()).toEqual({ idleMs: 500, inFlight: 0, requests: 0, errors: 0 });
  });

  it("keeps counting what came after the figures that were settled", () => {
    const { meter } = meterAt();
    meter.received(request(1));
    const accepted = meter.read();
    meter.received(request(2));
    meter.sent(error(2));
    meter.settle(accepted);
    expect(meter.read()).toMatchObject({ requests: 1, errors: 1, inFlight: 1 });
  });
});
