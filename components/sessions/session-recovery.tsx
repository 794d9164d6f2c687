"use client";

import { Unplug } from "lucide-react";
import type { Session } from "@/lib/contract/session";
import { describeEndReason } from "@/lib/web/describe-end-reason";
import { describeRecovery } from "@/lib/web/describe-recovery";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { useTimeZone } from "@/lib/web/use-time-zone";

interface SessionRecoveryProps {
  session: Session;
}

/** That a disconnected session has not ended, and until when it can come back. */
export function SessionRecovery({ session }: SessionRecoveryProps) {
  const recovery = describeRecovery(session, useRegistryNow(), useTimeZone());
  if (recovery === null) return null;
  const { label, sentence } = describeEndReason(session.endReason ?? "unknown");
  return (
    <section
      aria-label="Recovery"
      className="flex items-start gap-3 rounded-xl border border-warn/30 bg-warn-soft px-4 py-3 text-[13px] text-warn sm:px-5 lg:col-span-3"
    >
      <Unplug aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        <p className="font-semibold">{recovery}</p>
        <p>
          {label}: {sentence} It is active again, with its state and messages, as soon as its process reports it,
          another instance claims it, or its client reconnects with a token.
        </p>
      </div>
    </section>
  );
}
