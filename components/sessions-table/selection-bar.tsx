"use client";

import { OctagonX, X } from "lucide-react";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { pluralize } from "@/lib/web/format-number";
import { describeSelection, NOTHING_SELECTED, selectQuery, type Selection } from "@/lib/web/sessions/selection";
import type { TerminationTarget } from "@/lib/web/termination/termination-client";

interface SelectionBarProps {
  selection: Selection;
  onSelect: (selection: Selection) => void;
  query: string;
  /** How many sessions the query finds, as text; null while that is not known. */
  totalText: string | null;
  /** Whether there are more sessions than those that are loaded and selected. */
  canSelectQuery: boolean;
  /** Absent where nothing can be terminated. */
  onTerminateSelection?: ((target: TerminationTarget) => void) | undefined;
}

/** What can be done with the chosen sessions. */
export function SelectionBar(props: SelectionBarProps) {
  const { selection, onSelect, query, totalText, canSelectQuery, onTerminateSelection } = props;
  const ids = [...selection.ids];
  const isQuery = selection.query !== null;
  return (
    <div
      role="group"
      aria-label="Selected sessions"
      className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b bg-accent-soft px-4 py-1.5 text-[13px]"
    >
      <p className="font-medium">{describeSelection(selection, totalText)}</p>
      {!isQuery && canSelectQuery && (
        <button
          type="button"
          onClick={() => {
            onSelect(selectQuery(query));
          }}
          className="rounded-sm font-medium text-accent-strong underline underline-offset-4"
        >
          Select all {totalText ?? ""} of this query
        </button>
      )}
      <span className="ml-auto flex items-center gap-1">
        {!isQuery && <CopyButton text={ids.join("\n")} what={pluralize(ids.length, "session id")} />}
        {onTerminateSelection && (
          <Button
            variant="secondary"
            size="small"
            className="text-danger"
            onClick={() => {
              onTerminateSelection(selection.query === null ? { ids } : { query: selection.query });
            }}
          >
            <OctagonX aria-hidden="true" />
            Terminate…
          </Button>
        )}
        <Button
          variant="ghost"
          size="iconSmall"
          aria-label="Clear selection"
          onClick={() => {
            onSelect(NOTHING_SELECTED);
          }}
        >
          <X aria-hidden="true" />
        </Button>
      </span>
    </div>
  );
}
