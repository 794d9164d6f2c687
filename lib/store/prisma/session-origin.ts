import type { SessionOrigin } from "@/lib/domain/events";
import type { SessionFacts } from "@/lib/domain/session";
import { Prisma } from "./generated/client";
import { searchableName } from "./searchable-name";

type Facts = Pick<SessionFacts, "server" | "clientInfo" | "protocolVersion">;

/** What a session is counted by; the client's name as its column has it. */
export function originOf({ server, clientInfo, protocolVersion }: Facts): SessionOrigin {
  return { server, client: searchableName(clientInfo?.["name"]), protocol: protocolVersion };
}

/** The same of the session `s` and its server `v`. */
export const ORIGIN_COLUMNS = Prisma.sql`v."name" AS "server", nullif(s."clientName", '') AS "client", s."protocolVersion" AS "protocol"`;
