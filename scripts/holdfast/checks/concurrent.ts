import { must } from "../check-failure";
import type { Check, Step, StepContext } from "../check";
import { inParallel } from "../in-parallel";
import { at, type Registry } from "../registry";
import { mustHaveState } from "./kept-state";

const FEW = 5;

/** Many sessions at once, and many requests for one. */
export const concurrent: Check = {
  name: "concurrent",
  steps: ({ sessions }) => [
    createsIndependent(FEW),
    ...(sessions > FEW ? [createsIndependent(sessions)] : []),
    { name: "merges into one state at the same time all count", run: mergesAllCount },
    { name: "of creates with the same id at the same time, one wins", run: oneWinsAnId },
    { name: "repeats of a create with its Idempotency-Key make one session", run: repeatsMakeOne },
    { name: `closing ${String(sessions)} sessions at once loses no write in flight`, run: closingLosesNothing },
  ],
};

function createsIndependent(count: number): Step {
  return {
    name: `${String(count)} concurrent creates are unique and independent`,
    run: async (ctx) => {
      const { registry, options, clock } = ctx;
      const startedAt = clock.now();
      const ids = await createMany(ctx, count);
      const rate = count / Math.max(0.001, (clock.now() - startedAt) / 1_000);
      const shared = count - new Set(ids).size;
      must(shared === 0, `${String(shared)} of ${String(count)} sessions were given the id of another`);

      const write = counting(ctx, count, "written");
      const stateOf = (index: number) => ({ counter: index, owner: `${registry.run}-${String(index)}` });
      await inParallel(ids, options.parallel, (id, index) => write(registry.putState(id, stateOf(index))));
      const check = counting(ctx, count, "checked");
      await inParallel(ids, options.parallel, (id, index) => check(mustBeOnItsOwn(registry, id, stateOf(index))));
      return count === FEW ? undefined : `${Math.round(rate).toLocaleString("en")} creates/s`;
    },
  };
}

async function mustBeOnItsOwn(registry: Registry, id: string, state: object): Promise<void> {
  await mustHaveState(registry, id, state);
  const { status, stateVersion } = await registry.read(id);
  must(status === "active", `session ${id} is ${status}, not active`);
  must(stateVersion === 1, `session ${id} has seen ${String(stateVersion)} writes of its state, not 1`);
}

async function mergesAllCount(ctx: StepContext): Promise<string> {
  const { registry, options } = ctx;
  const { id } = await registry.create();
  const keys = Array.from({ length: options.sessions }, (_, index) => `key-${String(index)}`);
  const merge = counting(ctx, keys.length, "merged");
  await inParallel(keys, options.parallel, (key, index) => merge(registry.patchState(id, { [key]: index })));
  const { state, version } = await registry.readState(id);
  const lost = keys.filter((key, index) => state[key] !== index);
  must(lost.length === 0, `${String(lost.length)} of ${String(keys.length)} merges are lost, such as ${lost[0] ?? ""}`);
  must(
    version === `"${String(keys.length)}"`,
    `the state's version is ${String(version)}, not "${String(keys.length)}"`,
  );
  return `${String(keys.length)} merges`;
}

async function oneWinsAnId({ registry, options }: StepContext): Promise<undefined> {
  const id = `holdfast-check-${registry.run}-wanted`;
  registry.openIds.add(id);
  const body = registry.facts({ id });
  const answers = await inParallel(Array.from({ length: options.parallel }), options.parallel, () =>
    registry.client.send("POST /api/mcp/sessions", { body }),
  );
  const wrong = answers.find(({ status }) => status !== 201 && status !== 409);
  must(wrong === undefined, () => `${wrong?.said ?? ""}, not 201 or 409`);
  const winners = answers.filter(({ status }) => status === 201).length;
  must(winners === 1, `${String(winners)} of ${String(answers.length)} creates with the same id were answered 201`);
}

async function repeatsMakeOne({ registry, options }: StepContext): Promise<undefined> {
  const headers = { "idempotency-key": `holdfast-check-${registry.run}` };
  const ids = await inParallel(Array.from({ length: options.parallel }), options.parallel, async () => {
    return (await registry.create({}, headers)).id;
  });
  const different = new Set(ids).size;
  must(different === 1, `${String(ids.length)} repeats made ${String(different)} sessions`);
}

/** Each write races the end of its session: it may be refused, but what was acknowledged has to be there afterwards. */
async function closingLosesNothing(ctx: StepContext): Promise<string> {
  const { registry, options } = ctx;
  const ids = await createMany(ctx, options.sessions);
  const close = counting(ctx, ids.length, "closed");
  const writes = await inParallel(ids, Math.ceil(options.parallel / 2), async (id) => {
    const [write] = await Promise.all([
      registry.client.send(`PUT ${at(id)}/state`, { body: { written: id } }),
      close(registry.close(id)),
    ]);
    must(write.status === 200 || write.status === 410, `${write.said}, not 200 or 410`);
    return write.status === 200;
  });
  const check = counting(ctx, ids.length, "checked");
  const mustBeAsAnswered = async (id: string, index: number): Promise<void> => {
    await mustHaveState(registry, id, writes[index] === true ? { written: id } : {});
    const { status } = await registry.read(id);
    must(status === "closed", `session ${id} is ${status}, not closed`);
  };
  await inParallel(ids, options.parallel, (id, index) => check(mustBeAsAnswered(id, index)));
  return `${String(writes.filter(Boolean).length)} writes came before the end`;
}

async function createMany(ctx: StepContext, count: number): Promise<string[]> {
  const created = counting(ctx, count, "created");
  const { registry, options } = ctx;
  const numbers = Array.from({ length: count }, (_, index) => index);
  return inParallel(numbers, options.parallel, async (index) => {
    const { id } = await created(registry.create({ clientId: `client-${String(index)}` }));
    return id;
  });
}

/** Counts on the progress line what has been done. */
function counting({ progress }: StepContext, total: number, done: string) {
  let count = 0;
  return async <T>(work: Promise<T>): Promise<T> => {
    const result = await work;
    count += 1;
    progress(`${String(count)} of ${String(total)} ${done}`);
    return result;
  };
}
