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
  /** `refused`: Holdfast will never take this registration, so it is not sent again. */
  state: "new" | "registered" | "refused";
}

/** What is known of a session besides what its client says at initialize. */
export type SessionOrigin = Pick<Registration, "server" | "instanceId" | "principal"> &
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
      const registration = registrationOf(transport.sessionId, initialize, message.result);
      initialize = undefined;
      if (registration) onopen({ registration: { ...origin, ...registration }, meter, transport, state: "new" });
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
