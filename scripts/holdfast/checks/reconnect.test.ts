import { describeCheck } from "../testing/describe-check";
import { SESSION, about, active, nodding, saying } from "../testing/lies";
import type { Lie } from "../testing/lying-registry";

describeCheck("reconnect", {
  "loses state over a reconnect": {
    fails: /^disconnected, then back/,
    lie: () => about(/^GET .*\/state$/, () => nodding()),
  },
  "takes writes while disconnected": {
    fails: /^disconnected, then back/,
    lie: () => about(/^PATCH .*\/state$/, () => nodding()),
  },
  "lets caches keep tokens": { fails: /^disconnected, then back/, lie: letsCachesKeepTokens },
  "counts every redemption": {
    fails: /^of 6 redemptions/,
    lie: () =>
      about(
        /\/reconnect$/,
        saying(() => ({ repeated: false })),
      ),
  },
  "answers each redemption with another token": { fails: /^the token of a lost reply/, lie: answersOtherTokens },
  "lets every claim win": { fails: /^a stopped instance's session/, lie: letsEveryClaimWin },
  "does not notice that an instance is dead": {
    fails: /^its instance dies/,
    lie: () => about(SESSION, saying(active)),
  },
  "takes the writes of a former owner": {
    fails: /^its instance dies/,
    lie: () => about(/^PATCH .*\/state$/, () => nodding()),
  },
  "does not bring an expired session back": { fails: /^expired after/, lie: refusesExpired },
  "takes forged tokens": { fails: /^refuses forged/, lie: takesForgedTokens },
  "takes a token for another session": { fails: /^refuses forged/, lie: takesForeignTokens },
  "forgives a used token": { fails: /^a used token that comes back/, lie: () => about(SESSION, saying(active)) },
});

function letsCachesKeepTokens(): Lie {
  return about(/\/token$/, async (_, ask) => {
    const said = await ask();
    return { ...said, headers: { ...said.headers, "cache-control": "max-age=60" } };
  });
}

function answersOtherTokens(): Lie {
  let answers = 0;
  return about(
    /\/reconnect$/,
    saying(({ token }) => {
      answers += 1;
      return { token: `${String(token)}${String(answers)}` };
    }),
  );
}

function letsEveryClaimWin(): Lie {
  return about(/\/claim$/, async (_, ask) => {
    const said = await ask();
    return said.body["code"] === "session_owned" ? { ...said, status: 200 } : said;
  });
}

function refusesExpired(): Lie {
  return about(/\/reconnect$/, async (call, ask) => {
    const { body } = await ask({ ...call, method: "GET", path: call.path.replace("/reconnect", ""), headers: {} });
    if (body["status"] !== "expired") return ask();
    return { status: 410, body: { code: "session_expired" }, headers: {} };
  });
}

function takesForgedTokens(): Lie {
  const issued = new Map<string, string>();
  const signed = (token: string) => token.slice(0, token.lastIndexOf("."));
  return about(/\/(token|reconnect)$/, async (call, ask) => {
    if (call.path.endsWith("/reconnect")) {
      const token = issued.get(signed(String(call.body["token"]))) ?? call.body["token"];
      return ask({ ...call, body: { ...call.body, token } });
    }
    const said = await ask();
    const token = String(said.body["token"]);
    issued.set(signed(token), token);
    return said;
  });
}

function takesForeignTokens(): Lie {
  return about(/\/reconnect$/, async (_, ask) => {
    const said = await ask();
    return said.body["code"] === "token_wrong_session" ? { ...said, status: 200 } : said;
  });
}
