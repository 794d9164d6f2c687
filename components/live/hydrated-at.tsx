"use client";

import { type DehydratedState, HydrationBoundary } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { RenderedAt } from "@/lib/web/use-now";

interface HydratedAtProps {
  state: DehydratedState;
  /** When the server rendered the page, epoch milliseconds. */
  renderedAt: number;
  children: ReactNode;
}

/** Hands what the server has read, and when, to the components below. */
export function HydratedAt({ state, renderedAt, children }: HydratedAtProps) {
  return (
    <RenderedAt value={renderedAt}>
      <HydrationBoundary state={state}>{children}</HydrationBoundary>
    </RenderedAt>
  );
}
