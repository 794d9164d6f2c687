import type { ComponentProps } from "react";
import { classNames } from "@/lib/web/class-names";

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return (
    <textarea
      className={classNames(
        "block w-full resize-y rounded-md border border-line-strong bg-canvas px-3 py-2 text-sm text-ink",
        "placeholder:text-ink-soft focus-visible:outline-offset-0 disabled:opacity-60 aria-invalid:border-danger",
        className,
      )}
      {...props}
    />
  );
}
