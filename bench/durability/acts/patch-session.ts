import { ownersRequest } from "../session-requests";
import type { Writer } from "../writer";

export async function patchSession(writer: Writer): Promise<boolean> {
  const entry = writer.pick(({ facts }) => facts.status === "active");
  if (!entry) return false;
  const revision = entry.facts.revision + 1;
  const request = ownersRequest(entry, { method: "PATCH", body: { labels: { revision: String(revision) } } });
  await writer.try(entry, { action: "patch", request, possible: [{ revision }], accept: () => ({ revision }) });
  return true;
}
