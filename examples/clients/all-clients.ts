import { type Behaviour, comeAndGo, fallSilent, fumble, waitForReports, workSteadily } from "./behaviours";
import { crashAgainAndAgain } from "./crash-again-and-again";
import type { ClientProfile } from "./notes-session";
import { sendNewcomers } from "./send-newcomers";

export interface Resident {
  profile: ClientProfile;
  does: string;
  behaviour: Behaviour;
}

/** The clients that live side by side in one process. */
export const RESIDENTS: readonly Resident[] = [
  {
    profile: { name: "atlas-ide", version: "2.4.1", user: "ada", capabilities: { roots: { listChanged: true } } },
    does: "calls tools steadily",
    behaviour: workSteadily,
  },
  {
    profile: { name: "paper-trail", version: "0.9.3", user: "grace" },
    does: "waits for long reports, always in flight",
    behaviour: waitForReports,
  },
  {
    profile: { name: "fumble-cli", version: "0.1.7", user: "linus" },
    does: "gets half of its calls wrong",
    behaviour: fumble,
  },
  {
    profile: { name: "tea-break", version: "3.1.0", user: "margaret" },
    does: "goes quiet for five minutes: aging, then stale",
    behaviour: fallSilent(5 * 60_000),
  },
  {
    profile: { name: "night-owl", version: "1.2.0" },
    does: "a guest that goes quiet until its session expires",
    behaviour: fallSilent(75_000),
  },
  {
    profile: { name: "courier-bot", version: "5.0.0", user: "dispatch" },
    does: "works, disconnects politely and comes back",
    behaviour: comeAndGo,
  },
];

/** Those of a server process that crashes: they wait for it, and their sessions go on. */
export const LOYAL_CLIENTS: readonly Resident[] = [
  {
    profile: { name: "old-faithful", version: "4.2.0", user: "katherine" },
    does: "keeps its session with a server process that crashes",
    behaviour: workSteadily,
  },
  {
    profile: { name: "slow-reader", version: "1.0.4", user: "edsger" },
    does: "the same, with calls in flight when it happens",
    behaviour: waitForReports,
  },
];

/** Something that brings about clients of its own. */
interface Source {
  name: string;
  does: string;
  run: (options: { url: URL; signal: AbortSignal }) => Promise<void>;
}

export const CLIENT_SOURCES: readonly Source[] = [
  { name: "rusty-agent", does: "a process of its own, killed in the middle of its work", run: crashAgainAndAgain },
  { name: "newcomers", does: "somebody new every few seconds", run: sendNewcomers },
];

/** Everybody, with what they do. */
export const ALL_CLIENTS = [
  ...[...RESIDENTS, ...LOYAL_CLIENTS].map(({ profile, does }) => ({ name: profile.name, does })),
  ...CLIENT_SOURCES,
];
