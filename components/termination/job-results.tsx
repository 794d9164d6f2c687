"use client";

import Link from "next/link";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { type Column, DataTable } from "@/components/ui/data-table";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Skeleton } from "@/components/ui/skeleton";
import type { Termination, TerminationResult } from "@/lib/contract/termination-jobs";
import type { TerminationOutcome } from "@/lib/domain/termination-job";
import { shortenId } from "@/lib/web/shorten-id";
import { sessionHref } from "@/lib/web/session-href";
import { describeResult, type Outlook } from "@/lib/web/termination/describe-result";
import { resultChoices } from "@/lib/web/termination/result-choices";
import { useTerminationResults } from "@/lib/web/termination/use-terminations";
import { RequestProblem } from "./request-problem";

interface JobResultsProps {
  job: Termination;
}

interface ResultRow extends TerminationResult {
  outlook: Outlook;
}

const COLUMNS: readonly Column<ResultRow>[] = [
  {
    id: "session",
    header: "Session",
    isRowHeader: true,
    className: "max-w-32 sm:max-w-52",
    cell: ({ id }) => (
      <Link
        href={sessionHref(id)}
        title={id}
        className="block truncate rounded-sm font-mono underline decoration-line-strong underline-offset-4 hover:decoration-accent"
      >
        {shortenId(id)}
      </Link>
    ),
  },
  { id: "server", header: "Server", className: "hidden max-w-32 truncate sm:table-cell", cell: ({ server }) => server },
  { id: "result", header: "Result", cell: (row) => describeResult(row, row.outlook) },
];

/** What became of each session, a page at a time. */
export function JobResults({ job }: JobResultsProps) {
  const [choice, setChoice] = useState<TerminationOutcome | "all">("all");
  const results = useTerminationResults(job, choice === "all" ? null : choice);
  const rows = results.data?.pages.flatMap((page) => page.results.map((row) => ({ ...row, outlook: page.outlook })));
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-[13px] font-medium">By session</p>
        <SegmentedControl label="Results shown" value={choice} options={resultChoices(job)} onChange={setChoice} />
      </div>
      <div
        role="region"
        aria-label="Results by session"
        tabIndex={0}
        className="max-h-64 overflow-auto rounded-lg border [&_th]:border-t-0"
      >
        {rows === undefined ? (
          <Skeleton className="h-24" />
        ) : (
          <DataTable
            caption="Results by session"
            columns={COLUMNS}
            rows={rows}
            rowKey={({ number }) => String(number)}
            isHeaderSticky
          />
        )}
        {rows?.length === 0 && <p className="px-5 py-4 text-[13px] text-ink-soft">None.</p>}
        {results.hasNextPage && (
          <div className="border-t p-2 text-center">
            <Button
              variant="ghost"
              size="small"
              disabled={results.isFetchingNextPage}
              onClick={() => void results.fetchNextPage()}
            >
              Show more
            </Button>
          </div>
        )}
      </div>
      <RequestProblem error={results.error} />
    </div>
  );
}
