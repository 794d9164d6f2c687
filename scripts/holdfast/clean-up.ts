import { z } from "zod";
import { inParallel } from "./in-parallel";
import { at, type Boot, CHECK_LABEL, CHECK_SERVER, instanceAt, type Registry } from "./registry";
import type { RegistryClient } from "./registry-client";

const PARALLEL = 16;
const ListedSessions = z.object({
  sessions: z.array(z.object({ id: z.string(), labels: z.record(z.string(), z.string()) })),
  nextCursor: z.string().nullable(),
});

/**
 * Closes every session that the run has left open, and stops the instances it has played. Answers what stays behind and
 * why, or null.
 */
export async function cleanUp({ client, run, openIds, boots }: Registry): Promise<string | null> {
  const patient = client.uninterrupted();
  try {
    await inParallel([...openIds], PARALLEL, (id) => close(patient, id));
    // A create whose answer was lost has made a session that only the list knows.
    for (const id of await listOpen(patient, run)) await close(patient, id);
    await inParallel(boots, PARALLEL, (boot) => stop(patient, boot));
    const left = (await listOpen(patient, run)).length;
    return left === 0 ? null : `${String(left)} sessions are still open after they were closed`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function close(client: RegistryClient, id: string): Promise<void> {
  await client.send(`DELETE ${at(id)}`, { body: { as: "closed", by: "server", reason: "end of the check" } });
}

async function stop(client: RegistryClient, boot: Boot): Promise<void> {
  await client.send(`DELETE ${instanceAt(boot)}`, { body: { bootId: boot.bootId } });
}

async function listOpen(client: RegistryClient, run: string): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const query = new URLSearchParams({ server: CHECK_SERVER, status: "active,disconnected", limit: "200" });
    if (cursor !== "") query.set("cursor", cursor);
    const page: z.output<typeof ListedSessions> = await client.call(
      `GET /api/mcp/sessions?${query.toString()}`,
      ListedSessions,
    );
    ids.push(...page.sessions.filter(({ labels }) => labels[CHECK_LABEL] === run).map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}
