import type { SessionHealthSummary } from "@/lib/contract/health";
import type { SessionHealth } from "@/lib/domain/health";
import { formatSetting } from "./format-duration";
import { formatShare } from "./format-number";

export interface AgeRow {
  bucket: SessionHealth;
  count: number;
  share: string | null;
  /** Part of the bar, 0 to 1. */
  ratio: number;
  /** Which idle times belong here. */
  range: string;
}

type Ages = Pick<SessionHealthSummary, "ageDistribution" | "thresholds">;

/** Active sessions by age bucket, youngest first, with the limits the registry itself applied. */
export function prepareAgeDistribution({ ageDistribution, thresholds }: Ages): AgeRow[] {
  const { healthy, aging, stale } = ageDistribution;
  const total = healthy + aging + stale;
  const from = formatSetting(thresholds.agingAfterMs);
  const to = formatSetting(thresholds.staleAfterMs);
  const row = (bucket: SessionHealth, count: number, range: string): AgeRow => ({
    ...{ bucket, count, range },
    share: formatShare(count, total),
    ratio: total === 0 ? 0 : count / total,
  });
  return [
    row("healthy", healthy, `under ${from}`),
    row("aging", aging, `${from} to ${to}`),
    row("stale", stale, `over ${to}`),
  ];
}
