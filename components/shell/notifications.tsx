"use client";

import { useTheme } from "next-themes";
import type { CSSProperties } from "react";
import { Toaster } from "sonner";

const LOOKS = {
  "--normal-bg": "var(--surface)",
  "--normal-border": "var(--line-strong)",
  "--normal-text": "var(--ink)",
  "--border-radius": "0.75rem",
  fontFamily: "inherit",
  // Custom properties are not among the properties that React's type names.
} as CSSProperties;

/** Where toasts come up: below the page's actions, over everything. */
export function Notifications() {
  const { resolvedTheme } = useTheme();
  return (
    <Toaster
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      visibleToasts={4}
      gap={8}
      closeButton
      style={LOOKS}
      toastOptions={{
        closeButtonAriaLabel: "Dismiss",
        classNames: { description: "text-ink-soft!", closeButton: "text-ink! bg-surface! border-line-strong!" },
      }}
    />
  );
}
