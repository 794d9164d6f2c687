interface FigureRowProps {
  label: string;
  /** Null where there is no data, which is not the same as zero. */
  value: string | null;
  /** Shown in place of a missing value's meaning. */
  whyMissing?: string;
  note?: string;
}

export function FigureRow({ label, value, whyMissing, note }: FigureRowProps) {
  const small = value === null ? whyMissing : note;
  return (
    <div className="flex items-baseline justify-between gap-4 border-t py-2 text-[0.8125rem]">
      <dt className="min-w-0">
        {label}
        {small !== undefined && <span className="block text-xs text-ink-soft">{small}</span>}
      </dt>
      <dd className="font-medium whitespace-nowrap">
        {value ?? (
          <>
            <span aria-hidden="true">—</span>
            <span className="sr-only">no data</span>
          </>
        )}
      </dd>
    </div>
  );
}
