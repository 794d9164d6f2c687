"use client";

import { useId } from "react";
import { MAX_PER_SECOND } from "@/lib/contract/termination-jobs";
import { formatCount } from "@/lib/web/format-number";

interface PaceFieldProps {
  value: string;
  onChange: (value: string) => void;
  isInvalid: boolean;
}

export function PaceField({ value, onChange, isInvalid }: PaceFieldProps) {
  const id = useId();
  return (
    <div className="text-[13px]">
      <label htmlFor={id} className="font-medium">
        Sessions per second
      </label>
      <input
        id={id}
        type="number"
        inputMode="numeric"
        min={1}
        max={MAX_PER_SECOND}
        value={value}
        aria-invalid={isInvalid}
        aria-describedby={`${id}-note`}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="mt-1.5 block h-9 w-28 rounded-md border border-line-strong bg-canvas px-3 text-sm aria-invalid:border-danger"
      />
      <p id={`${id}-note`} className={`mt-1 text-xs ${isInvalid ? "text-bad" : "text-ink-soft"}`}>
        1 to {formatCount(MAX_PER_SECOND)}. Clients often come back at once: slowly is easier on their servers.
      </p>
    </div>
  );
}
