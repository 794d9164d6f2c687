import type { Session } from "@/lib/contract/session";

export interface ClientWords {
  name: string;
  version: string | null;
}

/** The client by what it said of itself at initialize, else by its id; null when nothing is known. */
export function describeClient({ clientInfo, clientId }: Pick<Session, "clientInfo" | "clientId">): ClientWords | null {
  const name = textOf(clientInfo?.["title"]) ?? textOf(clientInfo?.["name"]) ?? clientId;
  return name === null ? null : { name, version: textOf(clientInfo?.["version"]) };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}
