"use client";

import { useMemo } from "react";
import { OutdatedNote } from "@/components/live/outdated-note";
import { Card } from "@/components/ui/card";
import { CopyButton } from "@/components/ui/copy-button";
import { JsonTree } from "@/components/ui/json-tree";
import { Skeleton } from "@/components/ui/skeleton";
import type { Session } from "@/lib/contract/session";
import type { VersionedState } from "@/lib/web/api-client";
import { formatBytes } from "@/lib/web/format-bytes";
import { formatCount } from "@/lib/web/format-number";
import { prepareJson } from "@/lib/web/prepare-json";
import { useSessionState } from "@/lib/web/use-session-content";
import { EmptyNote } from "./empty-note";

interface SessionStateProps {
  session: Session;
}

/** The JSON that the session's MCP server keeps with it. */
export function SessionState({ session }: SessionStateProps) {
  const { data, error, dataUpdatedAt, isFetching, refetch } = useSessionState(session);
  const written = data && data.version > 0 ? data : null;
  const json = useMemo(() => (written ? prepareJson(written.state) : null), [written]);
  const isEmpty = session.stateVersion === 0 && !written;
  return (
    <Card
      title="State"
      {...(written && json && { description: describe(written, json.bytes) })}
      {...(json && { actions: <CopyButton text={json.text} what="the state" /> })}
    >
      <div className="px-4 pb-4 sm:px-5">
        {error && <OutdatedNote {...{ error, dataUpdatedAt, isFetching }} onRetry={() => void refetch()} />}
        {isEmpty && <EmptyNote>No state has been written.</EmptyNote>}
        {!isEmpty && !written && !error && <Skeleton className="h-24" />}
        {written && (
          <div
            tabIndex={0}
            role="region"
            aria-label="State as JSON"
            className={`max-h-[min(32rem,70dvh)] overflow-auto rounded-lg border bg-sunken p-3 ${error ? "outdated mt-3" : ""}`}
          >
            <JsonTree value={written.state} />
          </div>
        )}
      </div>
    </Card>
  );
}

function describe({ version }: VersionedState, bytes: number): string {
  return `version ${formatCount(version)} · ${formatBytes(bytes)}`;
}
