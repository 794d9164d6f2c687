import { HEALTH_LOOKS } from "@/components/sessions/status-looks";
import { Card } from "@/components/ui/card";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { formatCount, pluralize } from "@/lib/web/format-number";
import { prepareAgeDistribution } from "@/lib/web/prepare-age-distribution";

interface AgeDistributionProps {
  summary: Pick<SessionHealthSummary, "ageDistribution" | "thresholds" | "statusBreakdown">;
}

/** How long the active sessions have been idle. */
export function AgeDistribution({ summary }: AgeDistributionProps) {
  const rows = prepareAgeDistribution(summary);
  const { active } = summary.statusBreakdown;
  return (
    <Card title="Age distribution" description={`Idle time of ${pluralize(active, "active session")}`}>
      <div className="px-4 pb-4 sm:px-5">
        <div aria-hidden="true" className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-sunken">
          {rows.map(({ bucket, ratio, count }) =>
            count > 0 ? (
              <div key={bucket} className={`min-w-1 ${HEALTH_LOOKS[bucket].fill}`} style={{ flexGrow: ratio }} />
            ) : null,
          )}
        </div>
        <dl className="mt-4 grid grid-cols-3 gap-3">
          {rows.map(({ bucket, count, share, range }) => {
            const { label, Icon, fill } = HEALTH_LOOKS[bucket];
            return (
              <div key={bucket} className="min-w-0">
                <dt className="flex items-center gap-1.5 text-[0.8125rem] font-medium text-ink-soft">
                  <span aria-hidden="true" className={`h-3 w-1 rounded-full ${fill}`} />
                  <Icon aria-hidden="true" className="hidden size-3.5 xs:block" />
                  {label}
                </dt>
                <dd className="mt-1 text-lg font-semibold tracking-tight">
                  {formatCount(count)}{" "}
                  <span className="ml-1.5 text-xs font-normal tracking-normal text-ink-soft">{share ?? "—"}</span>
                </dd>
                <dd className="text-xs text-ink-soft">{range}</dd>
              </div>
            );
          })}
        </dl>
      </div>
    </Card>
  );
}
