"use client";

import { type ReactNode, type SyntheticEvent, useState } from "react";
import { formatAbsolute } from "@/lib/web/format-time";
import { useTimeZone } from "@/lib/web/use-time-zone";
import { MOMENT_TIP_ID } from "./moment";

interface Shown {
  at: string;
  left: number;
  top: number;
}

interface MomentTipsProps {
  children: ReactNode;
}

const TIP_WIDTH = 288;

/** Shows moments below it exactly, while the pointer or the focus is on one: one tip for a whole table. */
export function MomentTips({ children }: MomentTipsProps) {
  const [shown, setShown] = useState<Shown | null>(null);
  const show = ({ target }: SyntheticEvent) => {
    const moment = target instanceof Element ? target.closest("time[data-moment]") : null;
    const at = moment?.getAttribute("datetime") ?? null;
    if (!moment || at === null) {
      setShown(null);
      return;
    }
    const { left, bottom } = moment.getBoundingClientRect();
    setShown({ at, left: Math.max(8, Math.min(left, window.innerWidth - TIP_WIDTH - 8)), top: bottom + 6 });
  };
  const hide = () => {
    setShown(null);
  };
  return (
    <div
      className="contents"
      onPointerOver={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onScrollCapture={hide}
      onKeyDown={(event) => {
        if (event.key === "Escape") hide();
      }}
    >
      {children}
      <MomentTip shown={shown} />
    </div>
  );
}

function MomentTip({ shown }: { shown: Shown | null }) {
  const timeZone = useTimeZone();
  const moment = shown === null ? null : Date.parse(shown.at);
  return (
    <div
      id={MOMENT_TIP_ID}
      role="tooltip"
      hidden={shown === null}
      style={shown ? { left: shown.left, top: shown.top, width: TIP_WIDTH } : {}}
      className="pointer-events-none fixed z-50 rounded-lg border bg-surface px-3 py-2 text-xs shadow-float"
    >
      {shown !== null && moment !== null && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
          <dt className="text-ink-soft">Local</dt>
          <dd>{formatAbsolute(moment, timeZone)}</dd>
          <dt className="text-ink-soft">UTC</dt>
          <dd className="font-mono">{shown.at}</dd>
          <dt className="text-ink-soft">Epoch</dt>
          <dd className="font-mono">{moment} ms</dd>
        </dl>
      )}
    </div>
  );
}
