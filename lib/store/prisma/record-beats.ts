import type { Beat, BeatOutcome } from "../session-store";
import { explainLostBeats } from "./reads/find-sessions";
import type { SessionWrite } from "./statement";
import type { StoreAccess } from "./store-access";
import type { BeatBatch, BeatDeadlines } from "./writes/record-beats";

/** How often to start over with beats of sessions that had no owner and have one by now. */
const ATTEMPTS = 3;

/** Carries out a batch of heartbeats and says of each what became of it, in their order. */
export async function recordBeats(
  { submit, read }: StoreAccess,
  write: SessionWrite<BeatBatch, BeatDeadlines>,
  { beats, now }: BeatBatch,
): Promise<BeatOutcome[]> {
  const deadlines = new Map<Beat, number>();
  const record = async (group: readonly Beat[]): Promise<void> => {
    const byId = await submit(write, { beats: group, now });
    for (const beat of group) {
      const deadlineAt = byId.get(beat.id) ?? now;
      if (deadlineAt > now) deadlines.set(beat, deadlineAt);
    }
  };
  let lost = beats;
  let explained: Map<Beat, BeatOutcome | null> | undefined;
  for (let attempt = 0; attempt < ATTEMPTS && lost.length > 0; attempt += 1) {
    await Promise.all(groupByEpoch(lost).map(record));
    const unexplained = lost.filter((beat) => !deadlines.has(beat));
    if (unexplained.length === 0) break;
    const reasons = await read((client) => explainLostBeats(client, unexplained, now));
    explained = new Map([...(explained ?? []), ...reasons]);
    lost = unexplained.filter((beat) => reasons.get(beat) === null);
  }
  return beats.map((beat) => {
    const deadlineAt = deadlines.get(beat);
    return deadlineAt === undefined ? (explained?.get(beat) ?? { outcome: "unknown" }) : { outcome: "ok", deadlineAt };
  });
}

/** The write answers by session: two beats that know one under different epochs cannot share it, and keep their order. */
function groupByEpoch(beats: readonly Beat[]): (readonly Beat[])[] {
  if (beats.every(({ ifEpoch = null }) => ifEpoch === null)) return [beats];
  const groups: Beat[][] = [];
  const latest = new Map<string, { epoch: number | null; group: number }>();
  for (const beat of beats) {
    const { id, ifEpoch: epoch = null } = beat;
    const earlier = latest.get(id);
    const group = !earlier ? 0 : earlier.epoch === epoch ? earlier.group : earlier.group + 1;
    (groups[group] ??= []).push(beat);
    latest.set(id, { epoch, group });
  }
  return groups;
}
