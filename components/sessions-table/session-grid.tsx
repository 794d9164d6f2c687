"use client";

import { type CSSProperties, Fragment, type RefObject, useEffect, useMemo } from "react";
import type { Session } from "@/lib/contract/session";
import { useWatchedSessions } from "@/lib/web/live/live-context";
import {
  isSelected,
  NOTHING_SELECTED,
  selectListed,
  type Selection,
  toggleSelected,
} from "@/lib/web/sessions/selection";
import { columnFacts, type SessionColumnId } from "@/lib/web/sessions/session-columns";
import type { SessionView, ViewOrder } from "@/lib/web/sessions/session-view";
import type { Density } from "@/lib/web/sessions/sessions-url";
import { useTerminatingIds } from "@/lib/web/use-terminate-session";
import { GridHeader } from "./grid-header";
import { SessionRow } from "./session-row";
import { useCurrentRow } from "./use-current-row";
import { useRowWindow } from "./use-row-window";
import { useSessionTable, visibleColumns } from "./use-session-table";

/** Select box and session. */
const FIXED_WIDTH = 192;
/** Rows before the end at which the next page is asked for. */
const LOAD_AHEAD = 30;

export interface SessionGridProps {
  sessions: readonly Session[];
  /** How many there are in all; null while that is not known exactly. */
  total: number | null;
  view: SessionView;
  shown: readonly SessionColumnId[];
  density: Density;
  onOrder: (order: ViewOrder) => void;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  scroller: RefObject<HTMLDivElement | null>;
  onShow: (idsOnScreen: readonly string[]) => void;
  loadMore: (() => void) | null;
}

/** Any number of sessions as a table: only the rows on screen exist. */
export function SessionGrid(props: SessionGridProps) {
  const { sessions, total, view, shown, density, onOrder, selection, onSelect, scroller, onShow, loadMore } = props;
  const table = useSessionTable({ sessions, shown, view, onOrder });
  const columnIds = visibleColumns(table).join();
  const columns = useMemo(() => visibleColumnsOf(columnIds), [columnIds]);
  const terminatingIds = useTerminatingIds();
  const listed = useMemo(() => sessions.map(({ id }) => id), [sessions]);
  const onToggle = (index: number, isRange: boolean) => {
    const id = listed[index];
    if (id !== undefined) onSelect(toggleSelected(selection, { id, listed, isRange }));
  };
  const { current, isByKey, handlers } = useCurrentRow({ count: listed.length, onToggle });
  const listKey = JSON.stringify(view);
  const { rows, lastIndex, rowHeight } = useRowWindow({
    scroller,
    count: listed.length,
    density,
    listKey,
    current,
    isByKey,
  });
  useEffect(() => {
    if (lastIndex >= listed.length - LOAD_AHEAD) loadMore?.();
  }, [lastIndex, listed.length, loadMore]);
  const onScreen = rows.items.flatMap(({ index }) => listed[index] ?? []);
  useWatchedSessions(onScreen);
  useEffect(() => {
    onShow(onScreen);
  });
  const isAllSelected = listed.length > 0 && listed.every((id) => isSelected(selection, id));
  return (
    <table
      role="grid"
      aria-label="Sessions"
      aria-multiselectable="true"
      aria-rowcount={total === null ? -1 : total + 1}
      data-session-grid=""
      style={toVariables({ "--row-height": rowHeight, "--grid-width": widthOf(columns) })}
      className="w-full table-fixed border-separate border-spacing-0 text-[13px] sm:min-w-(--grid-width)"
    >
      <GridHeader
        table={table}
        isAllSelected={isAllSelected}
        isSomeSelected={selection.ids.size > 0}
        onToggleAll={() => {
          onSelect(isAllSelected ? NOTHING_SELECTED : selectListed(listed));
        }}
      />
      <tbody {...handlers}>
        {rows.items.map(({ index, gap }) => {
          const session = sessions[index];
          if (!session) return null;
          return (
            <Fragment key={session.id}>
              <Gap height={gap} />
              <SessionRow
                {...{ session, columns, index }}
                isCurrent={index === current}
                takesFocus={index === current && isByKey}
                isSelected={isSelected(selection, session.id)}
                isTerminating={terminatingIds.has(session.id)}
              />
            </Fragment>
          );
        })}
        <Gap height={rows.gapAfter} />
      </tbody>
    </table>
  );
}

function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden="true">
      <td style={{ height }} className="p-0" />
    </tr>
  );
}

function visibleColumnsOf(ids: string): SessionColumnId[] {
  // Joined from such ids just before.
  return ids === "" ? [] : (ids.split(",") as SessionColumnId[]);
}

function widthOf(columns: readonly SessionColumnId[]): number {
  return columns.reduce((sum, column) => sum + columnFacts(column).widthPx, FIXED_WIDTH);
}

function toVariables(pixels: Record<`--${string}`, number>): CSSProperties {
  return Object.fromEntries(Object.entries(pixels).map(([name, value]) => [name, `${String(value)}px`]));
}
