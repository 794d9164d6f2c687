"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import type { InstanceWithCounts } from "@/lib/contract/instances";
import { pluralize } from "@/lib/web/format-number";
import { InstanceRow } from "./instance-row";

interface PastInstancesProps {
  instances: readonly InstanceWithCounts[];
}

/** Boots that stopped or were replaced, on demand. */
export function PastInstances({ instances }: PastInstancesProps) {
  const [isOpen, setIsOpen] = useState(false);
  if (instances.length === 0) return null;
  return (
    <div className="border-t">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
        className="flex w-full items-center gap-1.5 rounded-b-xl px-4 py-2.5 text-left text-[13px] font-medium text-ink-soft transition-colors hover:bg-sunken hover:text-ink sm:px-5"
      >
        <ChevronRight aria-hidden="true" className={`size-4 shrink-0 ${isOpen ? "rotate-90" : ""}`} />
        {pluralize(instances.length, "earlier boot")}
      </button>
      {isOpen && (
        <ul aria-label="Earlier boots">
          {instances.map((instance) => (
            <InstanceRow key={instance.bootId} instance={instance} />
          ))}
        </ul>
      )}
    </div>
  );
}
