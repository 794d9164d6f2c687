import { type Column, DataTable } from "@/components/ui/data-table";
import type { Field } from "@/lib/web/api-reference/prepare-fields";
import { RichText } from "./rich-text";

interface FieldsTableProps {
  caption: string;
  fields: readonly Field[];
}

const TOP = "align-top";

const COLUMNS: Column<Field>[] = [
  {
    id: "name",
    header: "Name",
    isRowHeader: true,
    className: `${TOP} w-2/5`,
    cell: ({ name, isRequired, depth }) => (
      <span style={{ paddingLeft: `${String(depth * 0.75)}rem` }} className="block">
        <code className="font-mono text-[13px] break-all">{name}</code>
        <span className={`block text-xs ${isRequired ? "text-ink" : "text-ink-soft"}`}>
          {isRequired ? "required" : "optional"}
        </span>
      </span>
    ),
  },
  { id: "about", header: "Type and meaning", className: TOP, cell: about },
];

export function FieldsTable({ caption, fields }: FieldsTableProps) {
  return (
    <div className="overflow-hidden rounded-lg border [&_thead_th]:border-t-0">
      <DataTable caption={caption} columns={COLUMNS} rows={fields} rowKey={({ name }) => name} />
    </div>
  );
}

function about({ type, refersTo, description, constraints, values }: Field) {
  return (
    <div className="min-w-0 space-y-1">
      <p className="font-mono text-xs break-words text-ink-soft">
        {refersTo === null ? (
          type
        ) : (
          <a href={`#schema-${refersTo}`} className="rounded-sm text-accent underline underline-offset-4">
            {type}
          </a>
        )}
      </p>
      {description !== null && (
        <p>
          <RichText text={description} />
        </p>
      )}
      {values.length > 0 && (
        <p className="text-xs leading-relaxed break-words text-ink-soft">
          One of <RichText text={values.map((value) => `\`${value}\``).join(", ")} />
        </p>
      )}
      {constraints.length > 0 && <p className="text-xs text-ink-soft">{constraints.join(" · ")}</p>}
    </div>
  );
}
