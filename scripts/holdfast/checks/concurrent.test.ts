import { describeCheck } from "../testing/describe-check";
import { CREATE, about, nodding } from "../testing/lies";
import type { Lie, Said } from "../testing/lying-registry";

describeCheck("concurrent", {
  "gives two sessions one id": { fails: /^5 concurrent creates/, lie: sameIdTwice },
  "gives two of many sessions one id": { fails: /^12 concurrent creates/, lie: () => sameIdTwice(10) },
  "mixes up the states of sessions": { fails: /^5 concurrent creates/, lie: mixesStates },
  "acknowledges a merge and drops it": { fails: /^merges into one state/, lie: dropsAMerge },
  "lets many create the same id": { fails: /^of creates with the same id/, lie: anyoneWinsAnId },
  "ignores Idempotency-Key": { fails: /^repeats of a create/, lie: ignoresIdempotencyKeys },
  "acknowledges a write and drops it as the session closes": { fails: /^closing 12 sessions/, lie: dropsWrites },
});

function sameIdTwice(n = 2): Lie {
  let created = 0;
  let first: unknown;
  return about(CREATE, async (_, ask) => {
    const said = await ask();
    created += 1;
    if (created === 1) first = said.body["id"];
    // The five of the step before have been created by then.
    return created === (n === 2 ? 2 : 5 + n) ? { ...said, body: { ...said.body, id: first } } : said;
  });
}

function mixesStates(): Lie {
  let written: Said["body"] = {};
  return about(/\/state$/, (call, ask) => {
    if (call.method === "PUT") written = call.body;
    return call.method === "GET" ? nodding(written) : ask();
  });
}

function dropsAMerge(): Lie {
  let merges = 0;
  return about(/^PATCH .*\/state$/, (_, ask) => {
    merges += 1;
    return merges === 7 ? nodding() : ask();
  });
}

function anyoneWinsAnId(): Lie {
  return about(CREATE, async (call, ask) => {
    const said = await ask();
    return said.status === 409 ? { ...said, status: 201, body: { id: call.body["id"] } } : said;
  });
}

function ignoresIdempotencyKeys(): Lie {
  return about(CREATE, (call, ask) => ask({ ...call, headers: { "content-type": "application/json" } }));
}

function dropsWrites(): Lie {
  return about(/^PUT .*\/state$/, (call, ask) => ("written" in call.body ? nodding(call.body) : ask()));
}
