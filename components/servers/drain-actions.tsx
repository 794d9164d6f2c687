"use client";

import { Hourglass, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import type { Instance } from "@/lib/contract/instances";
import { useEndDrain } from "@/lib/web/use-servers";
import { DrainDialog } from "./drain-dialog";

interface DrainActionsProps {
  instance: Instance;
}

/** Begins the drain of a living instance, changes its deadline, or ends it. */
export function DrainActions({ instance: { id, status, drain } }: DrainActionsProps) {
  const [isAsking, setIsAsking] = useState(false);
  const ending = useEndDrain();
  if (status !== "alive") return null;
  return (
    <div className="flex flex-wrap items-center justify-end gap-2">
      {ending.error !== null && drain !== null && (
        <p role="alert" className="text-[13px] text-bad">
          {ending.error.title}.
        </p>
      )}
      {drain !== null && (
        <Button
          variant="secondary"
          size="small"
          aria-label={`End the drain of ${id}`}
          aria-disabled={ending.isPending}
          onClick={() => {
            if (!ending.isPending) ending.mutate(id);
          }}
        >
          {ending.isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
          End drain
        </Button>
      )}
      <Button
        variant="secondary"
        size="small"
        aria-label={drain === null ? `Drain ${id}` : `Change the deadline of ${id}`}
        onClick={() => {
          setIsAsking(true);
        }}
      >
        <Hourglass aria-hidden="true" />
        {drain === null ? "Drain…" : "Change…"}
      </Button>
      <DrainDialog
        instanceId={id}
        isDraining={drain !== null}
        isOpen={isAsking}
        onClose={() => {
          setIsAsking(false);
        }}
      />
    </div>
  );
}
