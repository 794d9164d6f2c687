import type { SessionRecord } from "@/lib/domain/session";

/** `lost`: the session is unknown, has ended, or the change does not fit; read it to learn which. */
export type WriteOutcome = { outcome: "won"; session: SessionRecord } | { outcome: "lost" };
