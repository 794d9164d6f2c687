"use client";

import { ArrowUpDown, Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "@/components/ui/button";
import { SESSION_SORTS } from "@/lib/contract/session-list";
import { columnFacts, SESSION_COLUMN_IDS } from "@/lib/web/sessions/session-columns";
import { type SessionView, toOrder, type ViewOrder } from "@/lib/web/sessions/session-view";

interface SortMenuProps {
  view: SessionView;
  onOrder: (order: ViewOrder) => void;
}

interface Choice {
  order: ViewOrder;
  label: string;
}

const DIRECTIONS = [
  { order: "desc", label: "Latest first" },
  { order: "asc", label: "Earliest first" },
] as const;

/** What wide screens sort by their table's header: a phone has no room for its columns. */
export function SortMenu({ view, onOrder }: SortMenuProps) {
  const sorts = SESSION_SORTS.map((sort) => ({ order: toOrder({ ...view, sort }), label: labelOf(sort) }));
  const directions = DIRECTIONS.map(({ order, label }) => ({ order: toOrder({ ...view, order }), label }));
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button variant="secondary" size="small" className="sm:hidden">
          <ArrowUpDown aria-hidden="true" />
          Sort
        </Button>
      </DropdownMenu.Trigger>
      <DropdownMenu.Content
        align="end"
        sideOffset={6}
        collisionPadding={8}
        className="z-50 min-w-44 rounded-lg border bg-surface p-1 shadow-float"
      >
        <Choices label="Sort by" choices={sorts} {...{ view, onOrder }} />
        <DropdownMenu.Separator className="my-1 h-px bg-line" />
        <Choices label="Direction" choices={directions} {...{ view, onOrder }} />
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}

function Choices({ label, choices, view, onOrder }: SortMenuProps & { label: string; choices: readonly Choice[] }) {
  return (
    <DropdownMenu.RadioGroup aria-label={label} value={toOrder(view)}>
      {choices.map((choice) => (
        <DropdownMenu.RadioItem
          key={choice.label}
          value={choice.order}
          onSelect={() => {
            onOrder(choice.order);
          }}
          className="flex cursor-pointer items-center gap-2 rounded-md py-1.5 pr-2 pl-7 text-[13px] outline-none data-highlighted:bg-sunken"
        >
          <DropdownMenu.ItemIndicator className="-ml-6">
            <Check aria-hidden="true" className="size-4 text-accent" />
          </DropdownMenu.ItemIndicator>
          {choice.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

function labelOf(sort: SessionView["sort"]): string {
  const column = SESSION_COLUMN_IDS.find((id) => columnFacts(id).sort === sort);
  return column === undefined ? sort : columnFacts(column).label;
}
