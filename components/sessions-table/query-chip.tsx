import { X } from "lucide-react";
import type { KeyboardEvent } from "react";
import { printTerm } from "@/lib/domain/session-query/print-query";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { classNames } from "@/lib/web/class-names";

interface QueryChipProps {
  term: QueryTerm;
  onEdit: () => void;
  onRemove: () => void;
  onKeyDown: (event: KeyboardEvent) => void;
}

/** One term: pressed, it goes back into the input; its cross, Backspace or Delete remove it. */
export function QueryChip({ term, onEdit, onRemove, onKeyDown }: QueryChipProps) {
  const text = printTerm(term);
  return (
    <span
      className={classNames(
        "inline-flex max-w-full items-center rounded-md bg-accent-soft font-mono text-xs text-accent-strong",
        term.isNot && "bg-sunken text-ink",
      )}
    >
      <button
        type="button"
        data-chip=""
        title={text}
        aria-label={`Edit ${text}`}
        onClick={onEdit}
        onKeyDown={onKeyDown}
        className="h-7 max-w-72 truncate rounded-l-md pr-0.5 pl-2"
      >
        {text}
      </button>
      <button
        type="button"
        aria-label={`Remove ${text}`}
        tabIndex={-1}
        onClick={onRemove}
        className="grid h-7 w-6 place-items-center rounded-r-md hover:bg-line/60"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </span>
  );
}
