import type { ApiResponse } from "@/lib/web/api-reference/api-document";
import { RichText } from "./rich-text";

interface ProblemListProps {
  responses: readonly [string, ApiResponse][];
}

/** The failures of an operation, each a problem document with one of these codes. */
export function ProblemList({ responses }: ProblemListProps) {
  if (responses.length === 0) return null;
  return (
    <details className="mt-1 text-[13px]">
      <summary className="w-fit cursor-pointer rounded-sm font-medium text-accent">Problems</summary>
      <dl className="mt-2 rounded-lg border">
        {responses.map(([status, { description }]) => (
          <div key={status} className="flex items-baseline gap-3 border-b px-3 py-2 last:border-b-0">
            <dt className="w-9 shrink-0 rounded-md bg-bad-soft px-1.5 py-0.5 text-center font-mono text-xs font-semibold text-bad">
              {status}
            </dt>
            <dd className="min-w-0 break-words">
              <RichText text={description} />
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
