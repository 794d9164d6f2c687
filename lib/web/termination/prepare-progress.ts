import type { TerminationSummary } from "@/lib/contract/termination-jobs";
import { formatDuration } from "../format-duration";
import { formatCount, pluralize } from "../format-number";

export type JobProgress = Pick<
  TerminationSummary,
  "state" | "stoppedBy" | "count" | "progress" | "etaMs" | "endedAt" | "perSecond"
>;

/** MCP servers that follow their commands answer within a second; who has not by then will hardly be watched for it. */
const ANSWERS_EXPECTED_MS = 30_000;

export function isOver({ state }: Pick<JobProgress, "state">): boolean {
  return state === "finished" || state === "cancelled" || state === "expired";
}

/** Whether its figures may change any moment. */
export function isMoving(job: JobProgress, now: number): boolean {
  if (job.state === "running") return true;
  const { ended, acknowledged } = job.progress;
  return job.endedAt !== null && acknowledged < ended && now - Date.parse(job.endedAt) < ANSWERS_EXPECTED_MS;
}

/** How many sessions are settled, one way or another. */
export function settledOf({ count, progress }: Pick<JobProgress, "count" | "progress">): number {
  return count - progress.queued;
}

/** Whole per cent, 100 only when all are settled. */
export function percentOf(job: Pick<JobProgress, "count" | "progress">): number {
  return job.count === 0 ? 100 : Math.floor((settledOf(job) / job.count) * 100);
}

/** `24 of 60 sessions · 1 s left` */
export function describeProgress(job: JobProgress): string {
  const settled = `${formatCount(settledOf(job))} of ${pluralize(job.count, "session")}`;
  return job.etaMs === null || job.etaMs < 1_000 ? settled : `${settled} · about ${formatDuration(job.etaMs)} left`;
}

/** One sentence for what came of it. */
export function describeOutcome({ state, stoppedBy, count, progress }: JobProgress): string {
  const ended = `${formatCount(progress.ended)} of ${pluralize(count, "session")} terminated`;
  if (state === "finished") return `${ended}.`;
  const left = progress.queued === 0 ? "" : ` ${formatCount(progress.queued)} left as they were.`;
  switch (stoppedBy) {
    case "shutdown":
      return `Holdfast was stopped: ${ended}.${left}`;
    case "failures":
      return `Stopped after too many failures in a row: ${ended}.${left}`;
    case "operator":
    case null:
      return `Cancelled: ${ended}.${left}`;
  }
}

export interface ProgressFigure {
  label: string;
  value: number;
  /** What it means, where its name leaves that open. */
  note: string | null;
  isBad: boolean;
}

/** The account of a job; what did not happen is left out, but for what everybody looks for. */
export function prepareFigures({ progress, state }: JobProgress): ProgressFigure[] {
  const { queued, ended, acknowledged, skipped, failed } = progress;
  const figures: (ProgressFigure & { isShown: boolean })[] = [
    { label: "Terminated", value: ended, note: null, isBad: false, isShown: true },
    { label: "Acknowledged", value: acknowledged, note: "by their MCP servers", isBad: false, isShown: true },
    { label: "Skipped", value: skipped, note: "had ended before", isBad: false, isShown: skipped > 0 },
    { label: "Failed", value: failed, note: "still as they were", isBad: true, isShown: failed > 0 },
    {
      label: state === "running" ? "Waiting" : "Left alone",
      value: queued,
      note: null,
      isBad: false,
      isShown: queued > 0,
    },
  ];
  return figures.filter(({ isShown }) => isShown).map(({ isShown: _, ...figure }) => figure);
}

/** How long a job that is over is still offered to look at. */
const RECENT_MS = 10 * 60_000;
const MAX_RECENT = 3;

/** Jobs that are running, then those that ended a moment ago. */
export function recentJobs<Job extends JobProgress>(jobs: readonly Job[], now: number): Job[] {
  const running = jobs.filter(({ state }) => state === "running");
  // A plan that was dropped never began.
  const over = jobs.filter(
    (job) => job.endedAt !== null && now - Date.parse(job.endedAt) < RECENT_MS && settledOf(job) > 0 && isOver(job),
  );
  return [...running, ...over].slice(0, MAX_RECENT);
}
