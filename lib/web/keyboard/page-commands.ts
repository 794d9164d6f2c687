import { createContext, useContext, useEffect, useRef, useSyncExternalStore } from "react";

/** Something that can be done on the page in view, offered in the command palette while the page offers it. */
export interface PageCommand {
  id: string;
  label: string;
  /** Other words somebody might look for. */
  keywords?: string;
  run: () => void;
}

export interface PageCommands {
  /** Offers a command until the function it answers is called. */
  add: (command: PageCommand) => () => void;
  list: () => readonly PageCommand[];
  subscribe: (listener: () => void) => () => void;
}

export function createPageCommands(): PageCommands {
  const listeners = new Set<() => void>();
  let commands: readonly PageCommand[] = [];
  const replace = (next: readonly PageCommand[]) => {
    commands = next;
    for (const listener of listeners) listener();
  };
  return {
    add: (command) => {
      replace([...commands, command]);
      return () => {
        replace(commands.filter((other) => other !== command));
      };
    },
    list: () => commands,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}

const NO_COMMANDS: readonly PageCommand[] = [];

export const PageCommandsContext = createContext<PageCommands>(createPageCommands());

/** Offers a command for as long as the calling component is on screen; null offers nothing. */
export function usePageCommand(command: PageCommand | null): void {
  const commands = useContext(PageCommandsContext);
  const latest = useRef(command);
  useEffect(() => {
    latest.current = command;
  });
  const { id, label, keywords } = command ?? {};
  useEffect(() => {
    if (id === undefined || label === undefined) return;
    return commands.add({ id, label, ...(keywords !== undefined && { keywords }), run: () => latest.current?.run() });
  }, [commands, id, label, keywords]);
}

/** What the page in view offers, in the order in which it came. */
export function usePageCommands(): readonly PageCommand[] {
  const { subscribe, list } = useContext(PageCommandsContext);
  return useSyncExternalStore(subscribe, list, () => NO_COMMANDS);
}
