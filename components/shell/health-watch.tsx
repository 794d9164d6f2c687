"use client";

import { useEffect, useRef, useSyncExternalStore } from "react";
import type { SessionHealthSummary } from "@/lib/contract/health";
import { useAnnounce } from "@/lib/web/announcer-context";
import { changesBetween, prepareTrouble } from "@/lib/web/trouble/prepare-trouble";
import { useTroubleSigns } from "@/lib/web/trouble/use-trouble-signs";
import { useMcpSessionHealth } from "@/lib/web/use-mcp-session-health";

const subscribe = () => () => undefined;

/**
 * Begins once the page is interactive: a query that is known before the page's own data arrives would have that wait, and
 * the server send a page that is still loading.
 */
export function HealthWatch() {
  const isInteractive = useSyncExternalStore(
    subscribe,
    () => true,
    () => false,
  );
  return isInteractive && <HealthFollower />;
}

/** Follows the registry's health on every page: tells it in the tab's title and icon, and to screen readers. */
function HealthFollower() {
  const { data, error } = useMcpSessionHealth();
  const announce = useAnnounce();
  const before = useRef<SessionHealthSummary>(undefined);
  useEffect(() => {
    if (data && before.current) announce(changesBetween(before.current, data));
    before.current = data;
  }, [data, announce]);
  useTroubleSigns(prepareTrouble({ summary: data, hasFailed: error !== null }));
  return null;
}
