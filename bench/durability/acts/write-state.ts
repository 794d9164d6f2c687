import { ownersRequest } from "../session-requests";
import type { Writer } from "../writer";

const REPLACE_SHARE = 0.2;

/**
 * Replaces the state by `{ last, from }`, or merges its version into it: whatever is acknowledged, the state says which
 * versions it has to contain.
 */
export async function writeState(writer: Writer): Promise<boolean> {
  const entry = writer.pick(({ facts }) => facts.status === "active");
  if (!entry) return false;
  const version = entry.facts.stateVersion + 1;
  const isReplaced = writer.random.fraction() < REPLACE_SHARE;
  const stateBase = isReplaced ? version : entry.facts.stateBase;
  const body = isReplaced ? { last: version, from: version } : { last: version, [`step${String(version)}`]: version };
  const request = ownersRequest(entry, { method: isReplaced ? "PUT" : "PATCH", part: "/state", body });
  const possible = { stateVersion: version, stateBase };
  await writer.try(entry, {
    ...{ action: "state", request, possible: [possible] },
    accept: ([reply]) => {
      const { last, from = 0 } = reply?.body as { last: number; from?: number };
      if (last !== version || from !== stateBase) {
        writer.object(
          `${entry.id}: state ${String(from)}–${String(last)}, not ${String(stateBase)}–${String(version)}`,
        );
      }
      return possible;
    },
  });
  return true;
}
