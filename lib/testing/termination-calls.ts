import type { Session } from "@/lib/contract/session";
import type { Termination, TerminationResult, TerminationResults } from "@/lib/contract/termination-jobs";
import type { TerminationJob } from "@/lib/domain/termination-job";
import { advanceTermination } from "@/lib/services/advance-termination";
import { instanceCalls } from "./instance-calls";
import type { Answer, TestRegistry } from "./test-registry";

export const TERMINATIONS = "/api/mcp/terminations";

/** Short ways to say what operators do with many sessions, for tests over HTTP. */
export function terminationCalls(registry: TestRegistry) {
  const { open } = instanceCalls(registry);
  const plan = (body: object): Promise<Answer<Termination>> => registry.call("POST", TERMINATIONS, { body });
  const page = async (id: string, query = "") =>
    (await registry.call<TerminationResults>("GET", `${TERMINATIONS}/${id}/results${query}`)).body;
  const jobOf = (id: string): TerminationJob => {
    const entry = registry.runtime.context.terminations.find(id);
    if (!entry) throw new Error(`${id} is not in the book`);
    return entry.job;
  };
  return {
    plan,
    page,
    jobOf,
    planned: async (body: object): Promise<Termination> => {
      const { status, body: termination } = await plan(body);
      if (status !== 201) throw new Error(`The plan was refused: ${JSON.stringify(termination)}`);
      return termination;
    },
    start: (id: string, body?: object): Promise<Answer<Termination>> =>
      registry.call("POST", `${TERMINATIONS}/${id}/start`, body === undefined ? {} : { body }),
    cancel: (id: string): Promise<Answer<Termination>> => registry.call("POST", `${TERMINATIONS}/${id}/cancel`),
    read: async (id: string) => (await registry.call<Termination>("GET", `${TERMINATIONS}/${id}`)).body,
    /** All of them, through pages. */
    results: async (id: string): Promise<TerminationResult[]> => {
      const all: TerminationResult[] = [];
      for (let after: number | null = 0; after !== null;) {
        const next: TerminationResults = await page(id, `?limit=7&after=${String(after)}`);
        all.push(...next.results);
        after = next.nextAfter;
      }
      return all;
    },
    /** What the runner does, with time in the test's hands. */
    run: async (id: string, ms: number): Promise<void> => {
      for (let passed = 0; passed < ms; passed += 100) {
        await advanceTermination(registry.runtime.context, jobOf(id));
        registry.time.advance(100);
      }
    },
    openMany: async (prefix: string, count: number, facts: object = {}): Promise<string[]> => {
      const ids = Array.from({ length: count }, (_, index) => `${prefix}-${String(index).padStart(3, "0")}`);
      for (const id of ids) await open(id, facts);
      return ids;
    },
    end: (id: string, body: object = {}): Promise<Answer> =>
      registry.call("DELETE", `/api/mcp/sessions/${id}`, { body }),
    terminatedIds: async (): Promise<string[]> => {
      const path = "/api/mcp/sessions?status=terminated&limit=200";
      const { body } = await registry.call<{ sessions: Session[] }>("GET", path);
      return body.sessions.map(({ id }) => id).sort();
    },
  };
}
