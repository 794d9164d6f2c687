"use client";

import { useId } from "react";
import { formatCount } from "@/lib/web/format-number";
import { readCount } from "@/lib/web/termination/read-numbers";

interface ConfirmFieldProps {
  count: number;
  value: string;
  onChange: (value: string) => void;
}

/** The operator types how many sessions will end: a click is too easily made. */
export function ConfirmField({ count, value, onChange }: ConfirmFieldProps) {
  const id = useId();
  const isWrong = value.trim() !== "" && !String(count).startsWith(String(readCount(value)));
  return (
    <div className="text-[13px]">
      <label htmlFor={id} className="font-medium">
        To confirm, type the number of sessions: <strong className="tabular-nums">{formatCount(count)}</strong>
      </label>
      <input
        id={id}
        inputMode="numeric"
        autoComplete="off"
        value={value}
        aria-invalid={isWrong}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        className="mt-1.5 block h-9 w-40 rounded-md border border-line-strong bg-canvas px-3 text-sm aria-invalid:border-danger"
      />
    </div>
  );
}
