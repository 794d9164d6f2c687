import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps } from "react";
import { classNames } from "@/lib/web/class-names";

const badgeStyles = cva(
  "inline-flex h-6 items-center gap-1.5 rounded-full px-2 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5 [&_svg]:shrink-0",
  {
    variants: {
      tone: {
        good: "bg-good-soft text-good",
        warn: "bg-warn-soft text-warn",
        bad: "bg-bad-soft text-bad",
        quiet: "bg-sunken text-ink-soft",
        accent: "bg-accent-soft text-accent-strong",
      },
    },
    defaultVariants: { tone: "quiet" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof badgeStyles>["tone"]>;

interface BadgeProps extends ComponentProps<"span"> {
  tone?: BadgeTone;
}

export function Badge({ tone = "quiet", className, ...props }: BadgeProps) {
  return <span className={classNames(badgeStyles({ tone }), className)} {...props} />;
}
