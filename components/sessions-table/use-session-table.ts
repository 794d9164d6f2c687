import {
  columnVisibilityFeature,
  createColumnHelper,
  functionalUpdate,
  rowSortingFeature,
  type SortingState,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import type { Session } from "@/lib/contract/session";
import { columnFacts, SESSION_COLUMN_IDS, type SessionColumnId } from "@/lib/web/sessions/session-columns";
import type { SessionView, ViewOrder } from "@/lib/web/sessions/session-view";

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
const helper = createColumnHelper<typeof features, Session>();

/** The registry sorts; what a column is sorted by stands here only for the table to know that it can be. */
const COLUMNS = SESSION_COLUMN_IDS.map((id) => {
  const { label, sort } = columnFacts(id);
  return helper.accessor((session): unknown => session[sort ?? "id"], {
    id,
    header: label,
    enableSorting: sort !== undefined,
  });
});

interface SessionTableOptions {
  sessions: readonly Session[];
  shown: readonly SessionColumnId[];
  view: SessionView;
  onOrder: (order: ViewOrder) => void;
}

/** Columns, their order and their visibility; the address holds the state. */
export function useSessionTable({ sessions, shown, view, onOrder }: SessionTableOptions) {
  const sorting = sortingOf(view);
  return useTable({
    features,
    columns: COLUMNS,
    data: sessions,
    getRowId: ({ id }) => id,
    manualSorting: true,
    enableSortingRemoval: false,
    sortDescFirst: true,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(SESSION_COLUMN_IDS.map((id) => [id, shown.includes(id)])),
    },
    onSortingChange: (updater) => {
      const [next] = functionalUpdate(updater, sorting);
      const id = SESSION_COLUMN_IDS.find((known) => known === next?.id);
      const sort = id && columnFacts(id).sort;
      if (next && sort) onOrder(`${sort}.${next.desc ? "desc" : "asc"}`);
    },
  });
}

export type SessionTable = ReturnType<typeof useSessionTable>;

function sortingOf({ sort, order }: SessionView): SortingState {
  const id = SESSION_COLUMN_IDS.find((column) => columnFacts(column).sort === sort);
  return id === undefined ? [] : [{ id, desc: order === "desc" }];
}

/** The ids of its columns are those of the list of columns. */
export function visibleColumns(table: SessionTable): SessionColumnId[] {
  const visible = new Set(table.getVisibleLeafColumns().map(({ id }) => id));
  return SESSION_COLUMN_IDS.filter((id) => visible.has(id));
}
