"use client";

import { useEffect, useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import type { ReconnectToken } from "@/lib/contract/tokens";
import { formatSpan } from "@/lib/web/format-duration";
import { formatClock } from "@/lib/web/format-time";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface IssuedTokenProps {
  token: ReconnectToken;
}

/** A token, to be copied now or never. */
export function IssuedToken({ token: { token, expiresAt } }: IssuedTokenProps) {
  const timeZone = useTimeZone();
  // The clock on screen moves in whole seconds: rather one too few than one too many.
  const leftMs = Date.parse(expiresAt) - useRegistryNow() - 1_000;
  const box = useRef<HTMLDivElement>(null);
  // The button that had the focus has gone.
  useEffect(() => box.current?.focus(), []);
  return (
    <div>
      <div className="relative rounded-lg border bg-sunken">
        <div
          ref={box}
          tabIndex={0}
          role="region"
          aria-label="Reconnect token"
          className="max-h-40 overflow-y-auto rounded-lg p-3.5 pr-12 font-mono text-[13px] leading-relaxed break-all"
        >
          {token}
        </div>
        <CopyButton text={token} what="the reconnect token" className="absolute top-2 right-2 bg-sunken" />
      </div>
      <p className="mt-2 text-[13px]">
        <span className={leftMs < 1_000 ? "font-medium text-bad" : "font-medium"}>
          {leftMs < 1_000 ? "Expired" : `Expires in ${formatSpan(leftMs)}`}
        </span>{" "}
        <span className="text-ink-soft">
          · {formatClock(Date.parse(expiresAt), timeZone)} · Copy it now: it is not shown again.
        </span>
      </p>
    </div>
  );
}
