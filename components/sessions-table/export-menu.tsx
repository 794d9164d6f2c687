"use client";

import { Download } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "@/components/ui/button";
import { exportHref } from "@/lib/web/sessions/session-list-client";
import type { SessionView } from "@/lib/web/sessions/session-view";

const FORMATS = [
  { format: "csv", label: "CSV", hint: "for spreadsheets" },
  { format: "jsonl", label: "JSON Lines", hint: "for programs" },
] as const;

interface ExportMenuProps {
  view: SessionView;
}

/** Downloads every session of the query, not only those that are loaded. */
export function ExportMenu({ view }: ExportMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button variant="secondary" size="small">
          <Download aria-hidden="true" />
          Export
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        className="z-50 min-w-52 rounded-lg border bg-surface p-1 shadow-float"
      >
        {FORMATS.map(({ format, label, hint }) => (
          <DropdownMenu.Item key={format} asChild>
            <a
              href={exportHref(view, format)}
              download
              className="flex items-baseline gap-2 rounded-md px-2 py-1.5 text-[13px] outline-none data-highlighted:bg-sunken"
            >
              {label} <span className="text-xs text-ink-soft">{hint}</span>
            </a>
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
