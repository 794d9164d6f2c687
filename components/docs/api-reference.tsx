import type { ApiDocument } from "@/lib/web/api-reference/api-document";
import { MethodBadge } from "./method-badge";
import { OperationSection } from "./operation-section";
import { prepareApiReference, type TagGroup } from "@/lib/web/api-reference/prepare-api-reference";
import { RichText } from "./rich-text";
import { SchemaSection } from "./schema-section";

interface ApiReferenceProps {
  document: ApiDocument;
}

export function ApiReference({ document }: ApiReferenceProps) {
  const groups = prepareApiReference(document);
  const schemas = Object.entries(document.components.schemas);
  return (
    <div className="lg:grid lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-12">
      <SideNavigation groups={groups} schemaNames={schemas.map(([name]) => name)} />
      <div className="max-w-4xl min-w-0">
        <h1 className="text-2xl font-semibold tracking-tight">{document.info.title} API</h1>
        <p className="mt-2 max-w-prose text-sm leading-relaxed text-ink-soft">
          <RichText text={document.info.description} />
        </p>
        <p className="mt-2 text-sm text-ink-soft">
          Version {document.info.version} ·{" "}
          <a href="/api/openapi.json" className="rounded-sm font-medium text-accent underline underline-offset-4">
            OpenAPI 3.1 document
          </a>
        </p>
        {groups.map((group) => (
          <section key={group.id} aria-labelledby={group.id} className="mt-12">
            <h2 id={group.id} className="text-lg font-semibold tracking-tight">
              {group.name}
            </h2>
            <p className="mt-1 text-sm text-ink-soft">{group.description}</p>
            {group.entries.map((entry) => (
              <OperationSection key={entry.id} entry={entry} schemas={document.components.schemas} />
            ))}
          </section>
        ))}
        <section aria-labelledby="schemas" className="mt-12">
          <h2 id="schemas" className="text-lg font-semibold tracking-tight">
            Schemas
          </h2>
          {schemas.map(([name, schema]) => (
            <SchemaSection key={name} name={name} schema={schema} />
          ))}
        </section>
      </div>
    </div>
  );
}

interface SideNavigationProps {
  groups: readonly TagGroup[];
  schemaNames: readonly string[];
}

const LINK =
  "flex items-center gap-2 rounded-md px-2 py-1 text-[13px] text-ink-soft transition-colors hover:bg-sunken hover:text-ink";

function SideNavigation({ groups, schemaNames }: SideNavigationProps) {
  return (
    <nav aria-label="API reference" className="hidden lg:block">
      <div className="sticky top-20 -ml-2 max-h-[calc(100dvh-6rem)] space-y-5 overflow-y-auto pb-8">
        {groups.map(({ id, name, entries }) => (
          <div key={id}>
            <a href={`#${id}`} className="block rounded-md px-2 py-1 text-[13px] font-semibold">
              {name}
            </a>
            <ul>
              {entries.map((entry) => (
                <li key={entry.id}>
                  <a href={`#${entry.id}`} className={LINK}>
                    <MethodBadge method={entry.method} isShort />
                    <span className="truncate">{entry.operation.summary}</span>
                  </a>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <div>
          <a href="#schemas" className="block rounded-md px-2 py-1 text-[13px] font-semibold">
            Schemas
          </a>
          <ul>
            {schemaNames.map((name) => (
              <li key={name}>
                <a href={`#schema-${name}`} className={LINK}>
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </nav>
  );
}
