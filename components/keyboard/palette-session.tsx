import { Command } from "cmdk";
import { SessionStatusBadge } from "@/components/sessions/session-status-badge";
import type { Session } from "@/lib/contract/session";
import { describeClient } from "@/lib/web/describe-client";
import { PALETTE_LINE } from "./palette-item";

interface PaletteSessionProps {
  session: Session;
  onSelect: () => void;
}

/** A session that was found, with what tells it from others. */
export function PaletteSession({ session, onSelect }: PaletteSessionProps) {
  const client = describeClient(session);
  const rest = [session.server, client?.name, session.principal].filter(Boolean).join(" · ");
  return (
    <Command.Item value={`session ${session.id}`} onSelect={onSelect} className={PALETTE_LINE}>
      <span className="min-w-0 flex-1">
        <span className="block truncate font-mono">{session.id}</span>
        <span className="block truncate text-xs text-ink-soft">{rest}</span>
      </span>
      <SessionStatusBadge session={session} />
    </Command.Item>
  );
}
