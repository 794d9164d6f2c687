"use client";

import { Search, X } from "lucide-react";
import { type KeyboardEvent, useId, useRef } from "react";
import type { SessionFacets } from "@/lib/contract/session-list";
import { printTerm } from "@/lib/domain/session-query/print-query";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { classNames } from "@/lib/web/class-names";
import { QueryChip } from "./query-chip";
import { QueryProblemText } from "./query-problem-text";
import { QuerySuggestions } from "./query-suggestions";
import { useQueryInput } from "./use-query-input";

interface QueryBarProps {
  terms: readonly QueryTerm[];
  onTerms: (terms: readonly QueryTerm[]) => void;
  facets: SessionFacets | undefined;
  /** The address's query when it cannot be read. */
  broken: string | null;
}

/** The query as chips, and a place to type the next term. */
export function QueryBar({ terms, onTerms, facets, broken }: QueryBarProps) {
  const listId = useId();
  const problemId = useId();
  const bar = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const focusChip = (index: number) => {
    const chips = bar.current?.querySelectorAll<HTMLElement>("[data-chip]");
    (chips?.[index] ?? input.current)?.focus();
  };
  const onLeave = () => {
    focusChip(terms.length - 1);
  };
  const typing = useQueryInput({ terms, onTerms, facets, broken, onLeave });
  const isOpen = typing.suggestions.length > 0;
  const onChipKey = (event: KeyboardEvent, term: QueryTerm, index: number) => {
    if (event.key === "ArrowLeft") focusChip(Math.max(0, index - 1));
    else if (event.key === "ArrowRight") focusChip(index + 1);
    else if (event.key === "Backspace" || event.key === "Delete") remove(term);
    else return;
    event.preventDefault();
  };
  const remove = (term: QueryTerm) => {
    onTerms(terms.filter((other) => other !== term));
    input.current?.focus();
  };
  return (
    <div className="relative">
      <div
        ref={bar}
        role="search"
        aria-label="Sessions"
        className={classNames(
          "flex min-h-10 flex-wrap items-center gap-1.5 rounded-lg border border-line-strong bg-surface px-2 py-1.5 shadow-card",
          "focus-within:outline-2 focus-within:outline-accent",
          typing.problem && "border-danger",
        )}
      >
        <Search aria-hidden="true" className="ml-1 size-4 shrink-0 text-ink-soft" />
        {terms.map((term, index) => (
          <QueryChip
            key={printTerm(term)}
            term={term}
            onEdit={() => {
              typing.edit(term);
              input.current?.focus();
            }}
            onRemove={() => {
              remove(term);
            }}
            onKeyDown={(event) => {
              onChipKey(event, term, index);
            }}
          />
        ))}
        <input
          ref={input}
          id="session-filter"
          data-hotkey="filter"
          role="combobox"
          aria-label="Filter sessions"
          aria-expanded={isOpen}
          aria-controls={isOpen ? listId : undefined}
          aria-autocomplete="list"
          aria-activedescendant={typing.highlighted >= 0 ? `${listId}-${String(typing.highlighted)}` : undefined}
          aria-invalid={typing.problem !== null}
          aria-describedby={typing.problem ? problemId : undefined}
          autoComplete="off"
          spellCheck={false}
          value={typing.draft}
          placeholder={terms.length === 0 ? "Filter: status:active client:claude* idle:>10m, or any text" : "and …"}
          onChange={(event) => {
            typing.change(event.target.value);
          }}
          onFocus={typing.open}
          onKeyDown={typing.onKeyDown}
          onBlur={typing.onBlur}
          className="h-7 min-w-32 flex-1 bg-transparent font-mono text-[13px] text-ellipsis outline-none placeholder:font-sans placeholder:text-ink-soft"
        />
        {terms.length > 0 && (
          <button
            type="button"
            aria-label="Clear the filter"
            onClick={() => {
              onTerms([]);
              input.current?.focus();
            }}
            className="grid size-7 place-items-center rounded-md text-ink-soft hover:bg-sunken hover:text-ink"
          >
            <X aria-hidden="true" className="size-4" />
          </button>
        )}
      </div>
      {isOpen && (
        <QuerySuggestions
          listId={listId}
          suggestions={typing.suggestions}
          highlighted={typing.highlighted}
          isComplete={facets?.isComplete ?? true}
          onTake={typing.take}
        />
      )}
      {typing.problem && <QueryProblemText id={problemId} text={typing.draft} problem={typing.problem} />}
    </div>
  );
}
