"use client";

import { LoaderCircle } from "lucide-react";
import { type SyntheticEvent, useId, useState } from "react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SegmentedControl } from "@/components/ui/segmented-control";
import type { ApiError } from "@/lib/web/api-error";
import { formatCount } from "@/lib/web/format-number";
import { DRAIN_CHOICES, type DrainChoice, MAX_DRAIN_MINUTES, withinMsOf } from "@/lib/web/drain-choices";

interface DrainFormProps {
  error: ApiError | null;
  isPending: boolean;
  /** What its button says. */
  action: string;
  onCancel: () => void;
  onSubmit: (withinMs: number) => void;
}

export function DrainForm({ error, isPending, action, onCancel, onSubmit }: DrainFormProps) {
  const [choice, setChoice] = useState<DrainChoice>("5");
  const [minutes, setMinutes] = useState("60");
  const withinMs = withinMsOf(choice, minutes);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isPending && withinMs !== null) onSubmit(withinMs);
  };
  return (
    <form onSubmit={submit} noValidate className="mt-4 space-y-4">
      <div>
        <p className="mb-1.5 text-[13px] font-medium">The deploy is due</p>
        <div className="flex flex-wrap items-center gap-3">
          <SegmentedControl
            label="When the deploy is due"
            value={choice}
            options={DRAIN_CHOICES}
            onChange={setChoice}
          />
        </div>
        {choice === "custom" && <MinutesField value={minutes} onChange={setMinutes} isInvalid={withinMs === null} />}
      </div>
      {error !== null && (
        <Alert title={error.title}>
          <p>
            {error.detail} {error.hint}
          </p>
        </Alert>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={onCancel} disabled={isPending}>
          Cancel
        </Button>
        <Button type="submit" aria-disabled={isPending || withinMs === null}>
          {isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
          {error === null ? action : "Try again"}
        </Button>
      </div>
    </form>
  );
}

interface MinutesFieldProps {
  value: string;
  onChange: (value: string) => void;
  isInvalid: boolean;
}

function MinutesField({ value, onChange, isInvalid }: MinutesFieldProps) {
  const id = useId();
  return (
    <div className="mt-3 text-[13px]">
      <label htmlFor={id} className="flex items-center gap-2">
        in
        <input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          max={MAX_DRAIN_MINUTES}
          value={value}
          aria-invalid={isInvalid}
          aria-describedby={`${id}-note`}
          onChange={(event) => {
            onChange(event.target.value);
          }}
          className="h-9 w-28 rounded-md border border-line-strong bg-canvas px-3 text-sm aria-invalid:border-danger"
        />
        minutes
      </label>
      <p id={`${id}-note`} className={`mt-1 text-xs ${isInvalid ? "text-bad" : "text-ink-soft"}`}>
        Whole minutes, at most 7 days ({formatCount(MAX_DRAIN_MINUTES)}).
      </p>
    </div>
  );
}
