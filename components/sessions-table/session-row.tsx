"use client";

import { memo, useEffect, useRef } from "react";
import type { Session } from "@/lib/contract/session";
import { classNames } from "@/lib/web/class-names";
import { columnFacts, type SessionColumnId } from "@/lib/web/sessions/session-columns";
import { shortenId } from "@/lib/web/shorten-id";
import { SelectBox } from "./select-box";
import { SessionCell } from "./session-cell";
import { SessionNameCell } from "./session-name-cell";
import { Idle } from "./spans";

interface SessionRowProps {
  session: Session;
  columns: readonly SessionColumnId[];
  index: number;
  isCurrent: boolean;
  /** Whether it shall have the focus: the keyboard has come to it. */
  takesFocus: boolean;
  isSelected: boolean;
  isTerminating: boolean;
}

const CELL = "h-(--row-height) overflow-hidden border-b px-2 py-0 last:pr-4 text-ellipsis whitespace-nowrap";

/** Only from its own table, or when nothing has it: never from where somebody types. */
function mayTakeFocus(row: HTMLElement): boolean {
  const { activeElement, body } = document;
  return activeElement === null || activeElement === body || row.closest("table")?.contains(activeElement) === true;
}

/** One session. What happens in a row is heard by the table, so that rows are drawn again only when they change. */
export const SessionRow = memo(function SessionRow(props: SessionRowProps) {
  const { session, columns, index, isCurrent, takesFocus, isSelected, isTerminating } = props;
  const row = useRef<HTMLTableRowElement>(null);
  useEffect(() => {
    if (takesFocus && row.current && mayTakeFocus(row.current)) row.current.focus({ preventScroll: true });
  }, [takesFocus]);
  return (
    <tr
      ref={row}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      tabIndex={isCurrent ? 0 : -1}
      data-row=""
      data-session-row={session.id}
      data-index={index}
      className={classNames(
        "group/row -outline-offset-2 hover:bg-sunken/60",
        isSelected && "bg-accent-soft/60 hover:bg-accent-soft",
      )}
    >
      <td className={classNames(CELL, "pl-4")}>
        <SelectBox label={`Select session ${shortenId(session.id)}`} isChecked={isSelected} isReachable={isCurrent} />
      </td>
      <th scope="row" className={classNames(CELL, "text-left font-normal")}>
        <SessionNameCell session={session} isCurrentRow={isCurrent} />
      </th>
      {columns.map((column) => (
        <td
          key={column}
          className={classNames(
            CELL,
            column === "status" ? "text-clip" : "hidden sm:table-cell",
            columnFacts(column).isFigure && "text-right",
          )}
        >
          <SessionCell column={column} session={session} isCurrentRow={isCurrent} isTerminating={isTerminating} />
          {column === "status" && (
            <span className="block pl-2 text-xs text-ink-soft sm:hidden">
              <Idle session={session} />
            </span>
          )}
        </td>
      ))}
    </tr>
  );
});
