"use client";

import { NuqsAdapter } from "nuqs/adapters/next/app";
import { useState } from "react";
import { BulkTerminateDialog } from "@/components/termination/bulk-terminate-dialog";
import { RunningTerminations } from "@/components/termination/running-terminations";
import type { TerminationTarget } from "@/lib/web/termination/termination-client";
import { SessionsBrowser } from "./sessions-browser";

/** The sessions page with what can be done from it. */
export function SessionsConsole() {
  const [target, setTarget] = useState<TerminationTarget | null>(null);
  return (
    <NuqsAdapter>
      <RunningTerminations />
      <SessionsBrowser onTerminateSelection={setTarget} />
      <BulkTerminateDialog
        target={target}
        onClose={() => {
          setTarget(null);
        }}
      />
    </NuqsAdapter>
  );
}
