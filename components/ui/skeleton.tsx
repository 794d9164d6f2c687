import type { ComponentProps } from "react";
import { classNames } from "@/lib/web/class-names";

/** Stands where something will be, at its size. */
export function Skeleton({ className, ...props }: ComponentProps<"span">) {
  return (
    <span
      aria-hidden="true"
      className={classNames("block animate-pulse rounded-md bg-line/80", className)}
      {...props}
    />
  );
}
