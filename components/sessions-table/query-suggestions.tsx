import { classNames } from "@/lib/web/class-names";
import { formatCount } from "@/lib/web/format-number";
import type { Suggestion } from "@/lib/web/sessions/complete-term";

interface QuerySuggestionsProps {
  listId: string;
  suggestions: readonly Suggestion[];
  highlighted: number;
  /** Whether counts are exact. */
  isComplete: boolean;
  onTake: (suggestion: Suggestion) => void;
}

export function QuerySuggestions({ listId, suggestions, highlighted, isComplete, onTake }: QuerySuggestionsProps) {
  return (
    <ul
      id={listId}
      role="listbox"
      aria-label="Suggestions"
      className="absolute top-full left-0 z-30 mt-1.5 w-full max-w-lg rounded-lg border bg-surface p-1 shadow-float"
    >
      {suggestions.map((suggestion, index) => (
        <li
          key={suggestion.text}
          id={`${listId}-${String(index)}`}
          role="option"
          aria-selected={index === highlighted}
          // The input keeps the focus.
          onPointerDown={(event) => {
            event.preventDefault();
          }}
          onClick={() => {
            onTake(suggestion);
          }}
          className={classNames(
            "flex cursor-pointer items-baseline gap-3 rounded-md px-2 py-1.5 text-[13px] hover:bg-sunken",
            index === highlighted && "bg-sunken",
          )}
        >
          <span className="truncate font-mono">{suggestion.text}</span>
          <span className="ml-auto shrink-0 truncate text-xs text-ink-soft">
            {suggestion.count === null ? suggestion.hint : `${formatCount(suggestion.count)}${isComplete ? "" : "+"}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
