import { describeCheck } from "../testing/describe-check";
import { CREATE, SESSION, about, active, expired, nodding, saying } from "../testing/lies";
import type { Lie } from "../testing/lying-registry";

describeCheck("lifecycle", {
  "forgets labels": {
    fails: /^creates a session/,
    lie: () =>
      about(
        SESSION,
        saying(() => ({ labels: {} })),
      ),
  },
  "creates sessions that are not active": { fails: /^creates a session/, lie: createsExpired },
  "answers another shape than documented": {
    fails: /^creates a session/,
    lie: () =>
      about(
        CREATE,
        saying(() => ({ id: 7 })),
      ),
  },
  fails: { fails: /^creates a session/, lie: () => about(CREATE, () => ({ status: 500, body: {}, headers: {} })) },
  "forgets state": { fails: /^state persists/, lie: () => about(/^GET .*\/state$/, () => nodding()) },
  "replaces where it should merge": { fails: /^state persists/, lie: replacesState },
  "appends a repeated message again": { fails: /^messages can be added/, lie: appendsAgain },
  "loses messages": { fails: /^messages can be added/, lie: losesMessages },
  "expires sessions early": { fails: /^stays active until/, lie: () => about(SESSION, saying(expired)) },
  "ignores that a session is used": { fails: /^stays active until/, lie: () => about(/\/heartbeat$/, () => nodding()) },
  "never expires a session": { fails: /^expires 2 s after/, lie: () => about(SESSION, saying(active)) },
  "lets an expired session be used": { fails: /^expires 2 s after/, lie: () => about(/\/heartbeat$/, () => nodding()) },
  "does not record an expiry": { fails: /^expires 2 s after/, lie: keepsNoTimeline },
  "renews under the same id": { fails: /^an expired session used again/, lie: renewsUnderTheSameId },
  "renews twice": { fails: /^an expired session used again/, lie: renewsTwice },
  "revives terminated sessions": { fails: /^a terminated session/, lie: () => about(SESSION, saying(active)) },
  "takes heartbeats of closed sessions": {
    fails: /^a closed session/,
    lie: () => about(/\/heartbeat$/, () => nodding()),
  },
});

function createsExpired(): Lie {
  return about(/^(POST \/api\/mcp\/sessions|GET .*sessions\/[^/?]+)$/, saying(expired));
}

function replacesState(): Lie {
  return about(/^PATCH .*\/state$/, (call, ask) => ask({ ...call, method: "PUT" }));
}

function appendsAgain(): Lie {
  return about(/^POST .*\/messages$/, (call, ask) => {
    const messages = (call.body["messages"] as object[]).map((message) => ({ ...message, id: undefined }));
    return ask({ ...call, body: { messages } });
  });
}

function losesMessages(): Lie {
  return about(
    /^GET .*\/messages$/,
    saying(({ messages }) => ({ messages: (messages as object[]).slice(1) })),
  );
}

function keepsNoTimeline(): Lie {
  return about(
    /\/events/,
    saying(() => ({ events: [] })),
  );
}

function renewsUnderTheSameId(): Lie {
  return about(/\/renew$/, (call, ask) =>
    about(
      /./,
      saying(() => ({ newSessionId: call.path.split("/")[4] })),
    )(call, ask),
  );
}

function renewsTwice(): Lie {
  let renewals = 0;
  return about(
    /\/renew$/,
    saying(({ newSessionId }) => {
      renewals += 1;
      return { newSessionId: `${String(newSessionId)}-${String(renewals)}` };
    }),
  );
}
