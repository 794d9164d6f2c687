"use client";

import { QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { Tooltip } from "radix-ui";
import { type ReactNode, useState } from "react";
import { KeyboardProvider } from "@/components/keyboard/keyboard-provider";
import { LiveProvider } from "@/components/live/live-provider";
import { TerminationToasts } from "@/components/termination/termination-toasts";
import { createAnnouncer } from "@/lib/web/announcer";
import { AnnouncerContext } from "@/lib/web/announcer-context";
import { createQueryClient } from "@/lib/web/create-query-client";
import { HealthWatch } from "./health-watch";
import { LiveRegion } from "./live-region";
import { Notifications } from "./notifications";

interface ProvidersProps {
  children: ReactNode;
}

export function Providers({ children }: ProvidersProps) {
  const [queryClient] = useState(createQueryClient);
  const [announcer] = useState(createAnnouncer);
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange>
      <QueryClientProvider client={queryClient}>
        <LiveProvider>
          <AnnouncerContext value={announcer}>
            <Tooltip.Provider delayDuration={150}>
              <KeyboardProvider>{children}</KeyboardProvider>
            </Tooltip.Provider>
            <HealthWatch />
            <LiveRegion />
            <TerminationToasts />
            <Notifications />
          </AnnouncerContext>
        </LiveProvider>
      </QueryClientProvider>
    </ThemeProvider>
  );
}
