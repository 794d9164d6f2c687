"use client";

import { Command } from "cmdk";
import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { matchCommands } from "@/lib/web/keyboard/match-commands";
import { type SessionSearch, useSessionSearch } from "@/lib/web/keyboard/use-session-search";
import { sessionHref } from "@/lib/web/session-href";
import type { PaletteGroup } from "./palette-command";
import { PaletteItem } from "./palette-item";
import { PaletteSession } from "./palette-session";
import { usePaletteGroups } from "./use-palette-groups";

interface PaletteMenuProps {
  onChoose: (run: () => void) => void;
}

const GROUP =
  "px-2 pb-1.5 [&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2.5 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-ink-soft";

/** A line to type in, and what it finds: commands at once, sessions as soon as the registry has answered. */
export function PaletteMenu({ onChoose }: PaletteMenuProps) {
  const [text, setText] = useState("");
  const router = useRouter();
  const search = useSessionSearch(text);
  const groups = usePaletteGroups().flatMap(({ heading, commands }) => {
    const found = matchCommands(commands, text);
    return found.length > 0 ? { heading, commands: found } : [];
  });
  return (
    <Command label="Search" shouldFilter={false} loop vimBindings={false} className="flex min-h-0 flex-col">
      <div className="flex h-15 shrink-0 items-center gap-2.5 border-b pr-13 pl-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-ink-soft" />
        <Command.Input
          value={text}
          onValueChange={setText}
          placeholder="A session’s id, a client, a page, an action…"
          className="h-full min-w-0 flex-1 bg-transparent text-sm outline-none placeholder:text-ink-soft"
        />
      </div>
      <Command.List label="Found" className="min-h-0 flex-1 scroll-py-2 overflow-y-auto overscroll-contain">
        {groups.map(({ heading, commands }) => (
          <Command.Group key={heading} heading={heading} className={GROUP}>
            {commands.map((command) => (
              <PaletteItem
                key={command.id}
                command={command}
                onSelect={() => {
                  onChoose(command.run);
                }}
              />
            ))}
          </Command.Group>
        ))}
        {search.sessions.length > 0 && (
          <Command.Group heading="Sessions" className={GROUP}>
            {search.sessions.map((session) => (
              <PaletteSession
                key={session.id}
                session={session}
                onSelect={() => {
                  onChoose(() => {
                    router.push(sessionHref(session.id));
                  });
                }}
              />
            ))}
          </Command.Group>
        )}
      </Command.List>
      <p role="status" className="shrink-0 border-t px-4 py-2 text-xs text-ink-soft">
        {describeFound(search, groups)}
      </p>
    </Command>
  );
}

function describeFound({ state, sessions }: SessionSearch, groups: readonly PaletteGroup[]): string {
  if (state === "failed") return "Sessions could not be searched: Holdfast does not answer.";
  if (state === "searching") return "Searching sessions…";
  if (state === "idle") return "Type to find sessions by id, server, client or principal.";
  const commands = groups.reduce((sum, group) => sum + group.commands.length, 0);
  if (sessions.length + commands === 0) return "Nothing found.";
  const found = sessions.length === 1 ? "1 session" : `${String(sessions.length)} sessions`;
  return commands === 0
    ? `${found} found.`
    : `${found} and ${commands === 1 ? "1 command" : `${String(commands)} commands`} found.`;
}
