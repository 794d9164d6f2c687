import { z } from "zod";
import { SESSION_EVENT_TYPES } from "@/lib/domain/events";
import { END_REASONS } from "@/lib/domain/session";
import { count, IsoTimestamp } from "./primitives";

/** Query of `GET /api/mcp/sessions/{id}/events`. */
export const ListEventsQuery = z.strictObject({
  after: z.coerce.number().int().min(0).default(0).meta({ description: "Sequence number to continue after." }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type ListEventsQuery = z.output<typeof ListEventsQuery>;

export const SessionEvent = z
  .strictObject({
    seq: count().meta({ description: "Position in the registry's log, increasing over all sessions." }),
    type: z.enum(SESSION_EVENT_TYPES),
    at: IsoTimestamp,
    reason: z.enum(END_REASONS).nullable(),
    data: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "SessionEvent" });
export type SessionEvent = z.output<typeof SessionEvent>;

export const SessionEventList = z
  .strictObject({ events: z.array(SessionEvent), nextAfter: count().nullable() })
  .meta({ id: "SessionEventList" });
export type SessionEventList = z.output<typeof SessionEventList>;
