import type { JsonSchema } from "@/lib/web/api-reference/api-document";
import { describeType, refName } from "@/lib/web/api-reference/describe-schema";
import { FieldsTable } from "./fields-table";
import { prepareFields } from "@/lib/web/api-reference/prepare-fields";

interface SchemaBodyProps {
  schema: JsonSchema;
  schemas: Record<string, JsonSchema>;
  caption: string;
}

/** A body by its fields; one that many routes share by a link to them. */
export function SchemaBody({ schema, schemas, caption }: SchemaBodyProps) {
  const name = refName(schema);
  if (name !== null && schemas[name]) {
    return (
      <p className="text-[13px]">
        <a href={`#schema-${name}`} className="rounded-sm font-mono text-accent underline underline-offset-4">
          {name}
        </a>
      </p>
    );
  }
  const fields = prepareFields(schema);
  if (fields.length === 0) return <p className="font-mono text-[13px] text-ink-soft">{describeType(schema)}</p>;
  return <FieldsTable caption={caption} fields={fields} />;
}
