import type { Action } from "./actions";
import { acknowledgeCommands } from "./acts/acknowledge-commands";
import { appendMessages } from "./acts/append-messages";
import { beatInstance } from "./acts/beat-instance";
import { beatMany, beatOne } from "./acts/beat-sessions";
import { claimSession } from "./acts/claim-session";
import { createSession } from "./acts/create-session";
import { disconnectSession } from "./acts/disconnect-session";
import { closeSession, terminateSession } from "./acts/end-session";
import { issueToken } from "./acts/issue-token";
import { patchSession } from "./acts/patch-session";
import { reconnectSession } from "./acts/reconnect-session";
import { registerBoot } from "./acts/register-boot";
import { renewSession } from "./acts/renew-session";
import { replayToken } from "./acts/replay-token";
import { stopBoot } from "./acts/stop-boot";
import { writeState } from "./acts/write-state";
import type { Writer } from "./writer";

/** Does something of its kind; false when there was nothing to do it to. */
type Act = (writer: Writer) => Promise<boolean>;

export const acts: Record<Action, Act> = {
  create: createSession,
  heartbeat: beatOne,
  batch: beatMany,
  patch: patchSession,
  state: writeState,
  messages: appendMessages,
  disconnect: disconnectSession,
  claim: claimSession,
  register: registerBoot,
  lease: beatInstance,
  stop: stopBoot,
  token: issueToken,
  reconnect: reconnectSession,
  replay: replayToken,
  renew: renewSession,
  terminate: terminateSession,
  acknowledge: acknowledgeCommands,
  close: closeSession,
};
