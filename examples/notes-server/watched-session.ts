import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import type { InitializeRequest } from "@modelcontextprotocol/sdk/types.js";
import {
  InitializeResultSchema,
  isInitializeRequest,
  isJSONRPCResultResponse,
} from "@modelcontextprotocol/sdk/types.js";
import type { Registration } from "./holdfast-wire";
import { SessionMeter } from "./session-meter";

export interface WatchedSession {
  registration: Registration;
  meter: SessionMeter;
  transport: Transport;
  /** What its client sent at initialize: all that another process needs to take the session up. */
  initialize: InitializeRequest;
  /** `refused`: Holdfast will never take this registration, so it is not sent again. */
  state: "new" | "registered" | "refused";
  /** Whether Holdfast keeps `initialize` already. */
  isKept: boolean;
  /** As Holdfast has it: another epoch there is another owner. */
  epoch: number;
}

/** What is known of a session besides what its client says at initialize. */
export type SessionOrigin = Pick<Registration, "server" | "principal"> &
  Partial<Pick<Registration, "serverVersion" | "idleTimeoutMs">>;

interface Listener {
  onopen: (session: WatchedSession) => void;
  onclose: (sessionId: string) => void;
}

/** Follows a session by the messages on its transport, from the answer to initialize on. */
export function watchSession(transport: Transport, origin: SessionOrigin, { onopen, onclose }: Listener): void {
  const meter = new SessionMeter();
  const { onmessage: deliver, onclose: closed } = transport;
  const send = transport.send.bind(transport);
  let initialize: InitializeRequest | undefined;

  transport.onmessage = (message, extra) => {
    meter.received(message);
    if (isInitializeRequest(message)) initialize = message;
    deliver?.(message, extra);
  };
  transport.send = (message, options) => {
    meter.sent(message);
    if (initialize && isJSONRPCResultResponse(message)) {
      const facts = registrationOf(transport.sessionId, initialize, message.result);
      const registration = facts && { ...origin, ...facts };
      if (registration) onopen({ registration, meter, transport, initialize, state: "new", isKept: false, epoch: 1 });
      initialize = undefined;
    }
    return send(message, options);
  };
  transport.onclose = () => {
    if (transport.sessionId !== undefined) onclose(transport.sessionId);
    closed?.();
  };
}

function registrationOf(
  id: string | undefined,
  { params }: InitializeRequest,
  result: unknown,
): Omit<Registration, keyof SessionOrigin> | undefined {
  const answer = InitializeResultSchema.safeParse(result);
  if (id === undefined || !answer.success) return undefined;
  const { clientInfo } = params;
  return {
    id,
    clientInfo: { name: clientInfo.name, version: clientInfo.version },
    capabilities: answer.data.capabilities,
    protocolVersion: answer.data.protocolVersion,
    transport: "streamable-http",
  };
}
