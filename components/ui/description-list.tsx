import type { ReactNode } from "react";

export interface Description {
  term: string;
  /** Left out of the list when undefined; a dash when null: asked for, and unknown. */
  details: ReactNode;
}

interface DescriptionListProps {
  items: readonly Description[];
}

export function DescriptionList({ items }: DescriptionListProps) {
  return (
    <dl className="px-4 pb-2 text-[13px] sm:px-5">
      {items.map(({ term, details }) => (
        <div
          key={term}
          className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3 border-t py-2 xs:grid-cols-[10rem_minmax(0,1fr)] xs:gap-x-4"
        >
          <dt className="text-ink-soft">{term}</dt>
          <dd className="min-w-0 break-words">{details ?? <span className="text-ink-soft">not reported</span>}</dd>
        </div>
      ))}
    </dl>
  );
}
