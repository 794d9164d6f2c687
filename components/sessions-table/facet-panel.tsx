"use client";

import { useState } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import type { SessionFacets } from "@/lib/contract/session-list";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { formatCount } from "@/lib/web/format-number";
import { chosenValues, toggleValue } from "@/lib/web/sessions/edit-query";
import { type FacetOption, prepareFacet, SHOWN_FACETS } from "@/lib/web/sessions/facet-fields";

interface FacetPanelProps {
  facets: SessionFacets | undefined;
  /** Whether counts are on their way. */
  isCounting: boolean;
  terms: readonly QueryTerm[];
  onTerms: (terms: readonly QueryTerm[]) => void;
}

const SHOWN_VALUES = 6;

/** What the sessions of the query have in common, with counts; each value is a filter. */
export function FacetPanel({ facets, isCounting, terms, onTerms }: FacetPanelProps) {
  if (!facets) {
    return isCounting ? (
      <div className="space-y-4">
        {SHOWN_FACETS.map(({ field, label }) => (
          <FacetSkeleton key={field} label={label} />
        ))}
      </div>
    ) : (
      <Note>Values to choose from appear as soon as the filter can be read.</Note>
    );
  }
  const groups = SHOWN_FACETS.map(({ field, label }) => ({
    ...{ field, label },
    options: prepareFacet(field, facets.facets[field], chosenValues(terms, field)),
  })).filter(({ options }) => options.length > 0);
  if (groups.length === 0) return <Note>No session to count.</Note>;
  return (
    <div className="space-y-4">
      {groups.map(({ field, label, options }) => (
        <FacetGroup
          key={field}
          label={label}
          options={options}
          isComplete={facets.isComplete}
          onToggle={(value) => {
            onTerms(toggleValue(terms, field, value));
          }}
        />
      ))}
    </div>
  );
}

function Note({ children }: { children: string }) {
  return <p className="text-[13px] text-ink-soft">{children}</p>;
}

interface FacetGroupProps {
  label: string;
  options: readonly FacetOption[];
  isComplete: boolean;
  onToggle: (value: string) => void;
}

function FacetGroup({ label, options, isComplete, onToggle }: FacetGroupProps) {
  const [isWhole, setIsWhole] = useState(false);
  const shown = options.filter(({ isChosen }, index) => isWhole || isChosen || index < SHOWN_VALUES);
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-xs font-medium text-ink-soft">{label}</legend>
      <ul>
        {shown.map(({ value, label: name, count, isChosen }) => (
          <li key={value}>
            <label className="flex cursor-pointer items-center gap-2 rounded-md px-1.5 py-1 text-[13px] hover:bg-sunken has-checked:font-medium">
              <input
                type="checkbox"
                checked={isChosen}
                onChange={() => {
                  onToggle(value);
                }}
                className="size-3.5 shrink-0 accent-accent"
              />
              <span className="min-w-0 flex-1 truncate" title={name}>
                {name}
              </span>
              <span className="text-xs text-ink-soft">
                {formatCount(count)}
                {!isComplete && "+"}
              </span>
            </label>
          </li>
        ))}
      </ul>
      {(isWhole || options.length > shown.length) && (
        <button
          type="button"
          aria-expanded={isWhole}
          onClick={() => {
            setIsWhole(!isWhole);
          }}
          className="rounded-sm px-1.5 text-xs font-medium text-accent underline underline-offset-4"
        >
          {isWhole ? "Show fewer" : `Show ${formatCount(options.length - shown.length)} more`}
        </button>
      )}
    </fieldset>
  );
}

function FacetSkeleton({ label }: { label: string }) {
  return (
    <div>
      <p className="mb-1 text-xs font-medium text-ink-soft">{label}</p>
      {[0, 1, 2].map((index) => (
        <Skeleton key={index} className="my-2 h-4" />
      ))}
    </div>
  );
}
