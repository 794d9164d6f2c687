import { CircleCheck, Layers, type LucideIcon, Unplug } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { ToggleTip } from "@/components/ui/toggle-tip";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { formatCount, formatShare } from "@/lib/web/format-number";
import { sessionsHref } from "@/lib/web/sessions/session-view";
import { StatusBreakdown } from "./status-breakdown";

interface StatusCardsProps {
  breakdown: SessionHealthSummary["statusBreakdown"];
}

export function StatusCards({ breakdown }: StatusCardsProps) {
  const { active, disconnected, total, byStatus } = breakdown;
  return (
    <ul aria-label="Sessions by status" className="grid gap-3 sm:grid-cols-3 sm:gap-5">
      <StatusCard
        label="Active"
        href={sessionsHref("status:active")}
        count={active}
        note={noteOf(active, total)}
        Icon={CircleCheck}
        iconClassName="text-good"
      />
      <StatusCard
        label="Disconnected"
        href={sessionsHref("-status:active")}
        count={disconnected}
        note={`${formatCount(byStatus.disconnected)} recoverable · ${formatCount(disconnected - byStatus.disconnected)} ended`}
        Icon={Unplug}
        iconClassName="text-bad"
        info={
          <ToggleTip label="Disconnected sessions by status">
            <StatusBreakdown byStatus={byStatus} />
          </ToggleTip>
        }
      />
      <StatusCard
        label="Total"
        href={sessionsHref()}
        count={total}
        note="on record"
        Icon={Layers}
        iconClassName="text-ink-soft"
      />
    </ul>
  );
}

function noteOf(part: number, total: number): string {
  return `${formatShare(part, total) ?? "—"} of all`;
}

interface StatusCardProps {
  label: string;
  /** Where these sessions are listed. */
  href: string;
  count: number;
  note: string;
  Icon: LucideIcon;
  iconClassName: string;
  info?: ReactNode;
}

function StatusCard({ label, href, count, note, Icon, iconClassName, info }: StatusCardProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 rounded-xl border bg-surface px-4 py-2.5 shadow-card sm:block sm:px-5 sm:py-4">
      <div className="flex h-6 items-center gap-1.5 text-[0.8125rem] font-medium text-ink-soft">
        <Icon aria-hidden="true" className={`size-4 shrink-0 ${iconClassName}`} />
        <h2 className="truncate">{label}</h2>
        {info}
      </div>
      <p className="contents sm:mt-1 sm:flex sm:flex-wrap sm:items-baseline sm:gap-x-2.5">
        <Link
          href={href}
          aria-label={`${label}: ${formatCount(count)}, list them`}
          className="col-start-2 row-span-2 row-start-1 rounded-sm text-2xl font-semibold tracking-tight decoration-line-strong underline-offset-4 hover:underline sm:text-3xl"
        >
          {formatCount(count)}
        </Link>
        <span className="col-start-1 text-xs text-ink-soft">{note}</span>
      </p>
    </li>
  );
}
