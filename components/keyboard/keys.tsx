import { Fragment } from "react";
import { classNames } from "@/lib/web/class-names";

interface KeysProps {
  /** To be pressed one after the other. */
  keys: readonly string[];
  className?: string;
}

/** Keys as they are printed on a keyboard. */
export function Keys({ keys, className }: KeysProps) {
  return (
    <span className={classNames("inline-flex shrink-0 items-center gap-1 text-xs text-ink-soft", className)}>
      {keys.map((key, index) => (
        <Fragment key={key}>
          {index > 0 && <span className="px-px">then</span>}
          <kbd className="grid h-5.5 min-w-5.5 place-items-center rounded-md border border-b-2 bg-sunken px-1.5 font-sans text-xs font-medium text-ink">
            {key.length === 1 ? key.toUpperCase() : key}
          </kbd>
        </Fragment>
      ))}
    </span>
  );
}
