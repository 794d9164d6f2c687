import type { JSONRPCMessage, RequestId } from "@modelcontextprotocol/sdk/types.js";
import { isJSONRPCErrorResponse, isJSONRPCRequest, isJSONRPCResultResponse } from "@modelcontextprotocol/sdk/types.js";
import type { Figures } from "./holdfast-wire";

/** Counts what one session's client asks for. What has been read stays counted until it is settled. */
export class SessionMeter {
  readonly #now: () => number;
  readonly #inFlight = new Set<RequestId>();
  #idleSince: number;
  #requests = 0;
  #errors = 0;

  /** `now` answers milliseconds on a clock that never jumps. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#idleSince = now();
  }

  /** Sees a message from the client. */
  received(message: JSONRPCMessage): void {
    if (isJSONRPCRequest(message)) {
      this.#requests += 1;
      this.#inFlight.add(message.id);
      return;
    }
    // A cancelled request is never answered, so its cancellation is its end.
    const cancelledId = cancelledRequestId(message);
    if (cancelledId !== undefined) this.#finish(cancelledId);
  }

  /** Sees a message to the client. */
  sent(message: JSONRPCMessage): void {
    const isError = isJSONRPCErrorResponse(message);
    if (!isError && !isJSONRPCResultResponse(message)) return;
    if (message.id === undefined || !this.#finish(message.id)) return;
    // A tool that fails says so in a result, not in a JSON-RPC error.
    if (isError || message.result["isError"] === true) this.#errors += 1;
  }

  read(): Figures {
    const idleMs = this.#inFlight.size > 0 ? 0 : Math.round(this.#now() - this.#idleSince);
    return { idleMs, inFlight: this.#inFlight.size, requests: this.#requests, errors: this.#errors };
  }

  /** Forgets what Holdfast has accepted; what came meanwhile goes into the next beat. */
  settle(accepted: Figures): void {
    this.#requests -= accepted.requests;
    this.#errors -= accepted.errors;
  }

  #finish(id: RequestId): boolean {
    const wasOpen = this.#inFlight.delete(id);
    if (wasOpen) this.#idleSince = this.#now();
    return wasOpen;
  }
}

function cancelledRequestId(message: JSONRPCMessage): RequestId | undefined {
  if (!("method" in message) || message.method !== "notifications/cancelled") return undefined;
  const id = message.params?.["requestId"];
  return typeof id === "string" || typeof id === "number" ? id : undefined;
}
