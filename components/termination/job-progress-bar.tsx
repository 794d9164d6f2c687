import type { TerminationSummary } from "@/lib/contract/termination-jobs";
import { describeProgress, percentOf } from "@/lib/web/termination/prepare-progress";

interface JobProgressBarProps {
  job: TerminationSummary;
}

/** Terminated, skipped and failed, as parts of the set. */
export function JobProgressBar({ job }: JobProgressBarProps) {
  const { ended, skipped, failed } = job.progress;
  const parts = [
    { name: "ended", value: ended, colour: "bg-accent" },
    { name: "skipped", value: skipped, colour: "bg-quiet-fill" },
    { name: "failed", value: failed, colour: "bg-bad-fill" },
  ];
  return (
    <div>
      <div
        role="progressbar"
        aria-label="Sessions settled"
        aria-valuenow={percentOf(job)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuetext={describeProgress(job)}
        className="flex h-2.5 overflow-hidden rounded-full bg-sunken"
      >
        {parts.map(({ name, value, colour }) => (
          <span
            key={name}
            className={`${colour} transition-[width] duration-500`}
            style={{ width: `${String(job.count === 0 ? 0 : (value / job.count) * 100)}%` }}
          />
        ))}
      </div>
      <p className="mt-1.5 text-[13px] text-ink-soft tabular-nums">{describeProgress(job)}</p>
    </div>
  );
}
