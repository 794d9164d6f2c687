import type { TerminationStore } from "../termination-store";
import { freezeSessions } from "./reads/freeze-sessions";
import { lastEventSeq, listAcknowledged, readEnds } from "./reads/read-ends";
import type { StoreAccess } from "./store-access";

/** The part of the store that the termination of many sessions reads. */
export function terminationOperations({ read }: Pick<StoreAccess, "read">): TerminationStore {
  return {
    freezeSessions: (set, limit) => read((client) => freezeSessions(client, set, limit)),
    readEnds: (ids) => read((client) => readEnds(client, ids)),
    lastEventSeq: () => read(lastEventSeq),
    listAcknowledged: (afterSeq) => read((client) => listAcknowledged(client, afterSeq)),
  };
}
