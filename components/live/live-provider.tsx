"use client";

import { useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { LiveContext } from "@/lib/web/live/live-context";
import { LiveStore } from "@/lib/web/live/live-store";

/** Opens the tab's one connection to the live feed, for everything below. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient();
  const [store] = useState(() => new LiveStore(queryClient));
  useEffect(() => store.start(), [store]);
  return <LiveContext value={store}>{children}</LiveContext>;
}
