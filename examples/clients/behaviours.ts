import type { NotesSession } from "./notes-session";

export interface Stage {
  session: NotesSession;
  /** Waits; rejects when the client is told to stop. */
  pause: (ms: number) => Promise<void>;
  log: (line: string) => void;
}

/** What one client does with one session. Returns when it wants to begin again with a fresh one. */
export type Behaviour = (stage: Stage) => Promise<void>;

/** Calls tools all day long. */
export const workSteadily: Behaviour = async ({ session, pause }) => {
  for (let turn = 1; ; turn += 1) {
    await session.call("add_note", { text: `Idea ${String(turn)}: write the release notes` });
    await pause(900);
    await session.call("search_notes", { query: "release" });
    await pause(1_300);
    await session.call("list_notes", { limit: 5 });
    await pause(600);
  }
};

/** Asks for long reports: always a request in flight, never idle. */
export const waitForReports: Behaviour = async ({ session, pause }) => {
  for (;;) {
    await session.call("slow_report", { seconds: 25 });
    await pause(2_000);
  }
};

/** Looks around, then says nothing for so long that its session expires. */
export function fallSilent(silenceMs: number): Behaviour {
  return async ({ session, pause, log }) => {
    await session.call("list_notes", {});
    await session.call("search_notes", { query: "idea" });
    log(`goes quiet for ${String(silenceMs / 1_000)} s`);
    await pause(silenceMs);
    await session.call("list_notes", {});
  };
}

/** Does its work, says goodbye and comes back after a while. */
export const comeAndGo: Behaviour = async ({ session, pause, log }) => {
  for (let parcel = 1; parcel <= 4; parcel += 1) {
    await session.call("add_note", { text: `Parcel ${String(parcel)} delivered` });
    await pause(1_500);
  }
  await session.end();
  log("disconnects politely (DELETE)");
  await pause(9_000);
};

/** Gets half of its calls wrong. */
export const fumble: Behaviour = async ({ session, pause }) => {
  for (;;) {
    await session.call("list_notes", { limit: 3 });
    await pause(2_000);
    await session.call("add_note", { txet: "typed too fast" });
    await pause(2_000);
  }
};
