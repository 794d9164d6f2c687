"use client";

import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import { classNames } from "@/lib/web/class-names";
import { RANGE_NAMES } from "@/lib/web/history-range";
import { prepareRanking } from "@/lib/web/prepare-ranking";
import { useHistory } from "@/lib/web/use-history";
import { RankingTable } from "./ranking-table";

/** As many rows as the box has room for. */
const ROWS = 6;

interface RankingCardProps {
  title: string;
  /** What a row is. */
  noun: string;
  of: "servers" | "clients" | "protocols";
  className?: string;
}

/** Who has the most sessions: active now, and started within the range. */
export function RankingCard({ title, noun, of, className }: RankingCardProps) {
  const { data, error, range, isDimmed } = useHistory();
  const rows = data && prepareRanking(data[of], ROWS);
  return (
    <Card
      title={title}
      className={className}
      description={`Active now, started in the ${RANGE_NAMES[range].toLowerCase()}`}
    >
      <div className={classNames("flex-1 pb-2 md:min-h-52", isDimmed && "outdated")}>
        {rows && <RankingTable caption={title} {...{ noun, rows }} />}
        {!rows && !error && <Skeleton className="mx-5 h-44" />}
      </div>
    </Card>
  );
}
