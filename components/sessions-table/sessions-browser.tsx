"use client";

import { useMemo, useRef, useState } from "react";
import { FirstLoadError } from "@/components/live/first-load-error";
import { FreshnessBadge } from "@/components/live/freshness-badge";
import { OutdatedAlert } from "@/components/live/outdated-alert";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { hidesProbes, toggleProbes } from "@/lib/web/sessions/edit-query";
import { describeArrivals } from "@/lib/web/sessions/prepare-arrivals";
import { describeProbes, describeTotal } from "@/lib/web/sessions/describe-counts";
import { hasSelection, NOTHING_SELECTED, type Selection } from "@/lib/web/sessions/selection";
import { toView } from "@/lib/web/sessions/session-view";
import { useSessionFacets, useSessionList } from "@/lib/web/sessions/use-session-list";
import { useSessionsUrl } from "@/lib/web/sessions/use-sessions-url";
import type { TerminationTarget } from "@/lib/web/termination/termination-client";
import { FacetPanel } from "./facet-panel";
import { NewsOfList } from "./news-of-list";
import { QueryBar } from "./query-bar";
import { SelectionBar } from "./selection-bar";
import { SessionTable } from "./session-table";
import { TableToolbar } from "./table-toolbar";

interface SessionsBrowserProps {
  onTerminateSelection?: (target: TerminationTarget) => void;
}

const NO_TERMS: readonly QueryTerm[] = [];

/** Every session of the registry: found by a query, in any order, as many as there are. */
export function SessionsBrowser({ onTerminateSelection }: SessionsBrowserProps) {
  const url = useSessionsUrl();
  const { query, sort, columns, density } = url;
  const view = useMemo(() => toView(query, sort), [query, sort]);
  const { terms, problem } = useMemo(() => parseQuery(query), [query]);
  const isEnabled = problem === null;
  const idsOnScreen = useRef<readonly string[]>([]);
  const scroller = useRef<HTMLDivElement>(null);
  const data = useSessionList({ view, isEnabled, idsOnScreen: () => idsOnScreen.current });
  const { list, head, arrivals, showArrivals } = data;
  const counted = useSessionFacets(query, isEnabled);
  const facets = isEnabled ? counted.data : undefined;
  const [areFacetsOpen, setAreFacetsOpen] = useState(false);
  // What was chosen belongs to its query.
  const [chosen, setChosen] = useState<{ query: string; selection: Selection }>({ query, selection: NOTHING_SELECTED });
  const selection = chosen.query === query ? chosen.selection : NOTHING_SELECTED;
  const onSelect = (next: Selection) => {
    setChosen({ query, selection: next });
  };
  const total = facets ? describeTotal(facets) : null;
  const arrivalsText = describeArrivals(arrivals);
  const probes = facets ? describeProbes(facets, hidesProbes(terms ?? NO_TERMS)) : null;
  const isBroken = list.data === undefined && list.error !== null;
  return (
    <>
      <div className="mb-3 flex min-h-8 flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <h1 className="text-xl font-semibold tracking-tight">Sessions</h1>
        {isEnabled && (
          <FreshnessBadge
            dataUpdatedAt={head.dataUpdatedAt || list.dataUpdatedAt}
            hasFailed={(head.error ?? list.error) !== null}
          />
        )}
      </div>
      {list.data && head.error && (
        <div className="mb-3">
          <OutdatedAlert error={head.error} isFetching={head.isFetching} onRetry={() => void head.refetch()} />
        </div>
      )}
      <div className="mb-3">
        <QueryBar terms={terms ?? NO_TERMS} onTerms={url.setTerms} facets={facets} broken={problem ? query : null} />
      </div>
      <div className="gap-5 xl:grid xl:grid-cols-[13.5rem_minmax(0,1fr)]">
        <section
          id="session-facets"
          aria-label="Filters"
          className={`${areFacetsOpen ? "mb-3 max-h-[45dvh] overflow-y-auto" : "hidden"} rounded-xl border bg-surface p-3 shadow-card xl:mb-0 xl:block xl:h-[calc(100dvh-14rem)] xl:max-h-none xl:min-h-96 xl:overflow-y-auto`}
        >
          <FacetPanel facets={facets} isCounting={isEnabled} terms={terms ?? NO_TERMS} onTerms={url.setTerms} />
        </section>
        <section
          aria-label="Results"
          className="flex h-[calc(100dvh-14rem)] min-h-96 min-w-0 flex-col overflow-hidden rounded-xl border bg-surface shadow-card"
        >
          <TableToolbar
            totalText={isEnabled ? (total?.text ?? null) : ""}
            arrivals={arrivalsText}
            onShowArrivals={() => {
              showArrivals();
              scroller.current?.scrollTo({ top: 0 });
            }}
            probes={
              probes && {
                ...probes,
                onToggle: () => {
                  url.setTerms(toggleProbes(terms ?? NO_TERMS));
                },
              }
            }
            {...{ view, density, areFacetsOpen }}
            shown={columns}
            onOrder={url.setOrder}
            onColumns={url.setColumns}
            onDensity={url.setDensity}
            onToggleFacets={() => {
              setAreFacetsOpen(!areFacetsOpen);
            }}
          />
          {hasSelection(selection) && (
            <SelectionBar
              {...{ selection, onSelect, query, onTerminateSelection }}
              totalText={total?.number ?? null}
              canSelectQuery={list.hasNextPage && selection.ids.size === data.sessions.length}
            />
          )}
          {isBroken ? (
            <FirstLoadError
              isFramed
              error={list.error}
              isFetching={list.isFetching}
              onRetry={() => void list.refetch()}
            />
          ) : (
            <SessionTable
              {...{ data, view, density, selection, onSelect, scroller }}
              shown={columns}
              total={facets?.isComplete ? facets.total : null}
              onOrder={url.setOrder}
              onShow={(ids) => {
                idsOnScreen.current = ids;
              }}
              isReadable={isEnabled}
              onClear={() => {
                url.setTerms(NO_TERMS);
              }}
            />
          )}
        </section>
      </div>
      <NewsOfList
        query={query}
        totalText={counted.isPlaceholderData ? null : (total?.text ?? null)}
        hasArrivals={arrivalsText !== null}
        selection={selection}
      />
    </>
  );
}
