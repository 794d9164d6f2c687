import type { TerminationSummary } from "@/lib/contract/termination-jobs";
import { formatCount } from "@/lib/web/format-number";
import { prepareFigures } from "@/lib/web/termination/prepare-progress";

interface JobFiguresProps {
  job: TerminationSummary;
}

export function JobFigures({ job }: JobFiguresProps) {
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {prepareFigures(job).map(({ label, value, note, isBad }) => (
        <div key={label}>
          <dt className="text-[13px] text-ink-soft">{label}</dt>
          <dd className={`text-xl font-semibold tabular-nums ${isBad ? "text-bad" : ""}`}>
            {formatCount(value)}
            {note !== null && <span className="ml-1.5 text-xs font-normal text-ink-soft">{note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
