"use client";

import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import { classNames } from "@/lib/web/class-names";
import { columnFacts, SESSION_COLUMN_IDS } from "@/lib/web/sessions/session-columns";
import { SelectBox } from "./select-box";
import type { SessionTable } from "./use-session-table";

interface GridHeaderProps {
  table: SessionTable;
  isAllSelected: boolean;
  isSomeSelected: boolean;
  onToggleAll: () => void;
}

const CELL =
  "sticky top-0 z-10 h-9 border-b bg-sunken px-2 py-0 last:pr-4 text-left text-xs font-medium whitespace-nowrap text-ink-soft";

export function GridHeader({ table, isAllSelected, isSomeSelected, onToggleAll }: GridHeaderProps) {
  const headers = table.getHeaderGroups().flatMap((group) => group.headers);
  return (
    <thead>
      <tr aria-rowindex={1}>
        <th scope="col" className={classNames(CELL, "w-11 pl-4")}>
          <SelectBox
            label="Select all loaded sessions"
            isChecked={isAllSelected}
            isMixed={isSomeSelected && !isAllSelected}
            onToggle={onToggleAll}
          />
        </th>
        <th scope="col" className={classNames(CELL, "sm:w-[148px]")}>
          Session
        </th>
        {headers.map(({ column }) => {
          const id = SESSION_COLUMN_IDS.find((known) => known === column.id);
          if (id === undefined) return null;
          const { label, isFigure = false, widthPx } = columnFacts(id);
          const sorted = column.getIsSorted();
          return (
            <th
              key={id}
              scope="col"
              style={{ width: widthPx }}
              aria-sort={sorted === false ? undefined : sorted === "asc" ? "ascending" : "descending"}
              className={classNames(
                CELL,
                id === "status" ? "max-sm:w-36!" : "hidden sm:table-cell",
                isFigure && "text-right",
              )}
            >
              {column.getCanSort() ? (
                <SortButton label={label} sorted={sorted} onClick={column.getToggleSortingHandler()} />
              ) : (
                label
              )}
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface SortButtonProps {
  label: string;
  sorted: false | "asc" | "desc";
  onClick: ((event: unknown) => void) | undefined;
}

function SortButton({ label, sorted, onClick }: SortButtonProps) {
  const Icon = sorted === false ? ChevronsUpDown : sorted === "asc" ? ArrowUp : ArrowDown;
  return (
    <button
      type="button"
      onClick={onClick}
      className={classNames(
        "-mx-1 inline-flex h-7 items-center gap-1 rounded-md px-1 hover:text-ink",
        sorted !== false && "font-semibold text-ink",
      )}
    >
      {label}
      <Icon aria-hidden="true" className={classNames("size-3.5", sorted === false && "opacity-50")} />
    </button>
  );
}
