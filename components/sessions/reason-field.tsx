"use client";

import { useId } from "react";
import { Textarea } from "@/components/ui/textarea";

const MAX_LENGTH = 500;

interface ReasonFieldProps {
  value: string;
  onChange: (value: string) => void;
  isDisabled: boolean;
}

export function ReasonField({ value, onChange, isDisabled }: ReasonFieldProps) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="text-[13px] font-medium">
        Reason <span className="font-normal text-ink-soft">(optional)</span>
      </label>
      <Textarea
        id={id}
        rows={3}
        maxLength={MAX_LENGTH}
        value={value}
        disabled={isDisabled}
        aria-describedby={`${id}-note`}
        placeholder="e.g. Runaway agent, asked for by the on-call"
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="mt-1.5"
      />
      <p id={`${id}-note`} className="mt-1 flex justify-between gap-4 text-xs text-ink-soft">
        <span>Kept in the session&rsquo;s timeline and told to its MCP server.</span>
        <span>
          {value.length}/{MAX_LENGTH}
        </span>
      </p>
    </div>
  );
}
