import type { ReactNode } from "react";
import { classNames } from "@/lib/web/class-names";

export interface Column<Row> {
  id: string;
  header: ReactNode;
  cell: (row: Row) => ReactNode;
  /** For header and cells alike: alignment, width, from which screen width on it is shown. */
  className?: string;
  /** Names the row, for screen readers. */
  isRowHeader?: boolean;
}

interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  isHeaderSticky?: boolean;
  /** Whether the keyboard can walk its rows and follow the link in each. */
  hasLinkedRows?: boolean;
}

const CELL = "px-2 py-2 first:pl-4 last:pr-4 sm:px-3 sm:first:pl-5 sm:last:pr-5";

const LINKED_ROW = { "data-row": "", tabIndex: -1 };

/** Columns are data: every table of the product is this one. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, isHeaderSticky = false, hasLinkedRows = false } = props;
  return (
    <table className="w-full border-separate border-spacing-0 text-[13px]">
      <caption className="sr-only">{caption}</caption>
      <thead className={classNames(isHeaderSticky && "sticky top-0 z-10")}>
        <tr>
          {columns.map(({ id, header, className }) => (
            <th
              key={id}
              scope="col"
              className={classNames(
                CELL,
                "border-y bg-sunken py-1.5 text-left text-xs font-medium whitespace-nowrap text-ink-soft",
                className,
              )}
            >
              {header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="[&>tr:last-child>*]:border-b-0">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            {...(hasLinkedRows && LINKED_ROW)}
            className="-outline-offset-2 transition-colors hover:bg-sunken/60"
          >
            {columns.map(({ id, cell, className, isRowHeader = false }) => {
              const styles = classNames(CELL, "border-b text-left align-middle font-normal", className);
              return isRowHeader ? (
                <th key={id} scope="row" className={styles}>
                  {cell(row)}
                </th>
              ) : (
                <td key={id} className={styles}>
                  {cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
