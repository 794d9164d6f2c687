import type { JsonSchema } from "@/lib/web/api-reference/api-document";
import { describeType } from "@/lib/web/api-reference/describe-schema";
import { FieldsTable } from "./fields-table";
import { prepareFields } from "@/lib/web/api-reference/prepare-fields";
import { RichText } from "./rich-text";

interface SchemaSectionProps {
  name: string;
  schema: JsonSchema;
}

export function SchemaSection({ name, schema }: SchemaSectionProps) {
  const id = `schema-${name}`;
  const fields = prepareFields(schema);
  const description = schema["description"];
  return (
    <article aria-labelledby={id} className="mt-6">
      <h3 id={id} className="font-mono text-sm font-semibold">
        <a href={`#${id}`} className="rounded-sm hover:underline hover:underline-offset-4">
          {name}
        </a>
      </h3>
      {typeof description === "string" && (
        <p className="mt-1 text-sm text-ink-soft">
          <RichText text={description} />
        </p>
      )}
      <div className="mt-3 rounded-lg bg-surface">
        {fields.length > 0 ? (
          <FieldsTable caption={`Fields of ${name}`} fields={fields} />
        ) : (
          <p className="font-mono text-[13px] text-ink-soft">{describeType(schema)}</p>
        )}
      </div>
    </article>
  );
}
