import { test as base } from "@playwright/test";
import { openNotesSession, type ClientProfile, type NotesSession } from "../../examples/clients/notes-session";
import { type RunningHoldfast, type RunningNotesServer, startHoldfast, startNotes } from "./processes";
import { type RegistryClient, createRegistryClient } from "./registry-client";

interface Fixtures {
  /** Settings of the Holdfast of this test. */
  settings: Readonly<Record<string, string>>;
  holdfast: RunningHoldfast;
  registry: RegistryClient;
  notes: RunningNotesServer;
  /** Connects a real MCP client to the notes server. */
  connect: (profile?: Partial<ClientProfile>) => Promise<NotesSession>;
}

/** Every test has a Holdfast of its own, with an empty database; the MCP server runs only where it is asked for. */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  holdfast: async ({ settings }, use) => {
    const holdfast = await startHoldfast(settings);
    await use(holdfast);
    await holdfast.stop();
  },
  baseURL: async ({ holdfast }, use) => use(holdfast.url),
  registry: async ({ holdfast }, use) => use(createRegistryClient(holdfast.url)),
  notes: async ({ holdfast }, use) => {
    const notes = await startNotes(holdfast.url);
    await use(notes);
    await notes.stop();
  },
  connect: async ({ notes }, use) => {
    const opened: NotesSession[] = [];
    await use(async (profile = {}) => {
      const session = await openNotesSession(notes.url, {
        name: "test-client",
        version: "1.0.0",
        user: "ada",
        ...profile,
      });
      opened.push(session);
      return session;
    });
    await Promise.allSettled(opened.map((session) => session.drop()));
  },
});

export { expect } from "@playwright/test";
