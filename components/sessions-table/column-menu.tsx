"use client";

import { Check, Columns3 } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "@/components/ui/button";
import {
  columnFacts,
  SESSION_COLUMN_IDS,
  type SessionColumnId,
  toggleColumn,
} from "@/lib/web/sessions/session-columns";

interface ColumnMenuProps {
  shown: readonly SessionColumnId[];
  onChange: (shown: SessionColumnId[]) => void;
}

export function ColumnMenu({ shown, onChange }: ColumnMenuProps) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button variant="secondary" size="small">
          <Columns3 aria-hidden="true" />
          Columns
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded-lg border bg-surface p-1 shadow-float"
      >
        {SESSION_COLUMN_IDS.map((id) => (
          <DropdownMenu.CheckboxItem
            key={id}
            checked={shown.includes(id)}
            onCheckedChange={() => {
              onChange(toggleColumn(shown, id));
            }}
            // One more choice is likely.
            onSelect={(event) => {
              event.preventDefault();
            }}
            className="flex cursor-pointer items-center gap-2 rounded-md py-1.5 pr-2 pl-7 text-[13px] outline-none data-highlighted:bg-sunken"
          >
            <DropdownMenu.ItemIndicator className="-ml-6">
              <Check aria-hidden="true" className="size-4 text-accent" />
            </DropdownMenu.ItemIndicator>
            {columnFacts(id).label}
          </DropdownMenu.CheckboxItem>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
