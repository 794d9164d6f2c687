import type { Client } from "./connection";
import { appendMessagesWrite } from "./writes/append-messages";
import { acknowledgeCommandsWrite } from "./writes/acknowledge-commands";
import { createSessionsWrite } from "./writes/create-sessions";
import { endSessionsWrite } from "./writes/end-sessions";
import { grantGraceWrite } from "./writes/grant-grace";
import { purgeEndedWrite } from "./writes/purge-ended";
import { recordBeatsWrite } from "./writes/record-beats";
import { recordExpiredWrite } from "./writes/record-expired";
import { recordNoticesWrite } from "./writes/record-notices";
import { renewSessionsWrite } from "./writes/renew-sessions";
import { trackRunWrite } from "./writes/track-run";
import { updateSessionsWrite } from "./writes/update-sessions";
import { writeStatesWrite } from "./writes/write-states";

/** Every way in which the store changes sessions, on the connection that writes. */
export function sessionWrites(client: Client) {
  return {
    create: createSessionsWrite(client),
    beats: recordBeatsWrite(client),
    update: updateSessionsWrite(client),
    end: endSessionsWrite(client),
    acknowledge: acknowledgeCommandsWrite(client),
    expire: recordExpiredWrite(client),
    grace: grantGraceWrite(client),
    purge: purgeEndedWrite(client),
    run: trackRunWrite(client),
    state: writeStatesWrite(client),
    messages: appendMessagesWrite(client),
    renew: renewSessionsWrite(client),
    notices: recordNoticesWrite(client),
  };
}
