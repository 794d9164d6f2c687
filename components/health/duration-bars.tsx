import { formatCount } from "@/lib/web/format-number";
import type { Durations } from "@/lib/web/prepare-durations";

interface DurationBarsProps {
  durations: Durations;
}

/** A histogram on its side: every class has its name and its number beside its bar. */
export function DurationBars({ durations: { total, bars } }: DurationBarsProps) {
  if (total === 0) return <p className="text-[0.8125rem] text-ink-soft">No session ended in this range.</p>;
  return (
    <dl className="grid h-full grid-cols-[auto_minmax(0,1fr)_auto] content-between items-center gap-x-3 text-xs leading-4">
      {bars.map(({ key, label, count, ratio }) => (
        <div key={key} className="col-span-3 grid grid-cols-subgrid items-center">
          <dt className="text-right whitespace-nowrap text-ink-soft">{label}</dt>
          <div aria-hidden="true" className="h-2.5 rounded-sm bg-sunken">
            {count > 0 && (
              <div className="h-full min-w-0.5 rounded-sm bg-accent" style={{ width: `${String(ratio * 100)}%` }} />
            )}
          </div>
          <dd className="min-w-6 text-right font-medium">{formatCount(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
