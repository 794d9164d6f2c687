import { type ComponentProps, type ReactNode, useId } from "react";
import { classNames } from "@/lib/web/class-names";

interface CardProps extends Omit<ComponentProps<"section">, "title"> {
  title: ReactNode;
  /** One line below the title. */
  description?: ReactNode;
  /** Controls beside the title. */
  actions?: ReactNode;
}

/** A titled panel, a landmark of its own. */
export function Card({ title, description, actions, className, children, ...props }: CardProps) {
  const titleId = useId();
  return (
    <section
      aria-labelledby={titleId}
      className={classNames("flex min-w-0 flex-col rounded-xl border bg-surface shadow-card", className)}
      {...props}
    >
      <div className="flex min-h-14 items-center justify-between gap-x-4 px-4 pt-3 pb-2 sm:px-5">
        <div className="min-w-0">
          <h2 id={titleId} className="text-sm font-semibold">
            {title}
          </h2>
          {description !== undefined && <p className="text-[0.8125rem] text-ink-soft">{description}</p>}
        </div>
        {actions !== undefined && <div className="flex shrink-0 items-center gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
