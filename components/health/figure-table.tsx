import { type Column, DataTable } from "@/components/ui/data-table";

interface FigureTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/** A chart's figures as a table, in the chart's box. */
export function FigureTable<Row>({ label, columns, rows, rowKey }: FigureTableProps<Row>) {
  return (
    <div
      tabIndex={0}
      role="region"
      aria-label={`${label} as a table`}
      className="h-full overflow-auto rounded-lg border focus-visible:-outline-offset-2"
    >
      <DataTable caption={label} columns={columns} rows={rows} rowKey={rowKey} isHeaderSticky />
    </div>
  );
}
