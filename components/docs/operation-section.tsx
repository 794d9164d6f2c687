import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import type { ApiResponse, JsonSchema } from "@/lib/web/api-reference/api-document";
import { resolveSchema } from "@/lib/web/api-reference/describe-schema";
import { FieldsTable } from "./fields-table";
import { MethodBadge } from "./method-badge";
import { PathText } from "./path-text";
import type { OperationEntry } from "@/lib/web/api-reference/prepare-api-reference";
import { prepareExample, requestExample } from "@/lib/web/api-reference/prepare-example";
import { prepareFields } from "@/lib/web/api-reference/prepare-fields";
import { parameterFields } from "@/lib/web/api-reference/prepare-parameters";
import { ProblemList } from "./problem-list";
import { RichText } from "./rich-text";
import { SchemaBody } from "./schema-body";

type Schemas = Record<string, JsonSchema>;

interface OperationSectionProps {
  entry: OperationEntry;
  schemas: Schemas;
}

export function OperationSection({ entry, schemas }: OperationSectionProps) {
  const { id, method, path, operation } = entry;
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  const responses = Object.entries(operation.responses);
  return (
    <article aria-labelledby={id} className="mt-6 rounded-xl border bg-surface px-4 py-5 shadow-card sm:px-6">
      <h3 id={id} className="text-base font-semibold tracking-tight">
        <a href={`#${id}`} className="rounded-sm hover:underline hover:underline-offset-4">
          {operation.summary}
        </a>
      </h3>
      <p className="mt-2 flex flex-wrap items-center gap-2">
        <MethodBadge method={method} />
        <PathText path={path} />
      </p>
      {operation.description !== undefined && (
        <p className="mt-3 max-w-prose text-sm leading-relaxed text-ink-soft">
          <RichText text={operation.description} />
        </p>
      )}
      {operation.parameters && (
        <Part title="Parameters">
          <FieldsTable caption={`Parameters of ${operation.summary}`} fields={parameterFields(operation.parameters)} />
        </Part>
      )}
      {body && (
        <Part title={operation.requestBody?.required === false ? "Request body (optional)" : "Request body"}>
          <FieldsTable
            caption={`Request body of ${operation.summary}`}
            fields={prepareFields(resolveSchema(body, schemas))}
          />
          <Example value={requestExample(body, schemas)} label={`Example request of ${operation.summary}`} />
        </Part>
      )}
      <Part title="Responses">
        {responses.filter(isSuccess).map(([status, response]) => (
          <Success
            key={status}
            {...{ status, response, schemas }}
            label={`Example response ${status} of ${operation.summary}`}
          />
        ))}
        <ProblemList responses={responses.filter((response) => !isSuccess(response))} />
      </Part>
    </article>
  );
}

function isSuccess([status]: [string, ApiResponse]): boolean {
  return Number(status) < 400;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="mt-6">
      <h4 className="mb-2 text-[13px] font-semibold">{title}</h4>
      {children}
    </div>
  );
}

interface SuccessProps {
  status: string;
  response: ApiResponse;
  schemas: Schemas;
  label: string;
}

function Success({ status, response, schemas, label }: SuccessProps) {
  const schema = response.content?.["application/json"]?.schema;
  return (
    <div className="mb-3">
      <p className="mb-2 text-[13px]">
        <span className="mr-2 rounded-md bg-good-soft px-1.5 py-0.5 font-mono text-xs font-semibold text-good">
          {status}
        </span>
        <RichText text={response.description} />
      </p>
      {schema && <SchemaBody schema={schema} schemas={schemas} caption={label} />}
      {schema && <Example value={prepareExample(schema, schemas)} label={label} />}
    </div>
  );
}

function Example({ value, label }: { value: unknown; label: string }) {
  return (
    <details className="group mt-2">
      <summary className="w-fit cursor-pointer rounded-sm text-[13px] font-medium text-accent">Example</summary>
      <div className="mt-2">
        <CodeBlock label={label} code={JSON.stringify(value, null, 2)} />
      </div>
    </details>
  );
}
