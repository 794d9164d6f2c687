import type { Beat, BeatOutcome } from "../session-store";
import { explainLostBeats } from "./reads/find-sessions";
import type { SessionWrite } from "./statement";
import type { StoreAccess } from "./store-access";
import type { BeatBatch, BeatDeadlines } from "./writes/record-beats";

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
  await Promise.all(groupByEpoch(beats).map(record));
  const lost = beats.filter((beat) => !deadlines.has(beat));
  const explained = lost.length === 0 ? undefined : await read((client) => explainLostBeats(client, lost, now));
  return beats.map((beat) => {
    const deadlineAt = deadlines.get(beat);
    return deadlineAt === undefined ? (explained?.get(beat) ?? { outcome: "unknown" }) : { outcome: "ok", deadlineAt };
  });
}

/** The write answers by session: two beats that know one under different epochs cannot share it, and keep their order. */
function groupByEpoch(beats: readonly Beat[]): Beat[][] {
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
