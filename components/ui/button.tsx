import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "@/lib/web/class-names";

const buttonStyles = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:opacity-60 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-accent-ink shadow-card hover:bg-accent-strong",
        secondary: "border border-line-strong bg-surface text-ink shadow-card hover:bg-sunken",
        ghost: "text-ink-soft hover:bg-sunken hover:text-ink",
        danger: "bg-danger text-accent-ink shadow-card hover:bg-danger-strong",
        dangerQuiet: "text-ink-soft hover:bg-bad-soft hover:text-danger",
      },
      size: {
        small: "h-7 px-2 text-[13px]",
        medium: "h-9 px-3.5 text-sm",
        icon: "size-9",
        iconSmall: "size-7",
      },
    },
    defaultVariants: { variant: "primary", size: "medium" },
  },
);

interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyles> {
  /** Renders the only child (a link, say) in the button's looks. */
  asChild?: boolean;
}

export function Button({ asChild = false, variant, size, className, ...props }: ButtonProps) {
  const styles = classNames(buttonStyles({ variant, size }), className);
  if (asChild) return <Slot.Root className={styles} {...props} />;
  return <button type="button" className={styles} {...props} />;
}
