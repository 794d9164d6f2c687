"use client";

import { ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import { formatCount, pluralize } from "@/lib/web/format-number";
import { containerOf, hasAtMost, type JsonContainer } from "@/lib/web/prepare-json";
import { JsonValue } from "./json-value";

/** A document of up to so many values opens by itself, three levels deep; a larger one only at the top. */
const SMALL_DOCUMENT = 200;
const ENTRIES_PER_STEP = 100;

interface JsonTreeProps {
  value: unknown;
}

/** JSON that can be unfolded level by level; what is folded or far down is not rendered at all. */
export const JsonTree = memo(function JsonTree({ value }: JsonTreeProps) {
  const container = containerOf(value);
  const openLevels = hasAtMost(value, SMALL_DOCUMENT) ? 3 : 1;
  return (
    <div className="font-mono text-[13px] leading-6">
      {container === null || container.entries.length === 0 ? (
        <JsonValue value={value} />
      ) : (
        <JsonEntries container={container} level={1} openLevels={openLevels} />
      )}
    </div>
  );
});

interface LevelProps {
  level: number;
  openLevels: number;
}

function JsonEntries({ container: { entries, isList }, level, openLevels }: LevelProps & { container: JsonContainer }) {
  const [shownCount, setShownCount] = useState(ENTRIES_PER_STEP);
  const hiddenCount = entries.length - shownCount;
  return (
    <ul className={level > 1 ? "ml-2 border-l pl-2 sm:pl-3" : ""}>
      {entries.slice(0, shownCount).map(([name, value]) => (
        <li key={name} className="min-w-44">
          <JsonNode {...{ name, value, isList, level, openLevels }} />
        </li>
      ))}
      {hiddenCount > 0 && (
        <li>
          <button
            type="button"
            onClick={() => {
              setShownCount(shownCount + ENTRIES_PER_STEP);
            }}
            className="rounded-sm pl-5 font-sans text-xs font-medium text-accent underline underline-offset-4"
          >
            Show {formatCount(Math.min(hiddenCount, ENTRIES_PER_STEP))} more of {formatCount(hiddenCount)}
          </button>
        </li>
      )}
    </ul>
  );
}

interface JsonNodeProps extends LevelProps {
  name: string;
  value: unknown;
  /** Whether the name is a position in a list. */
  isList: boolean;
}

function JsonNode({ name, value, isList, level, openLevels }: JsonNodeProps) {
  const [isOpen, setIsOpen] = useState(level < openLevels);
  const container = containerOf(value);
  const label = <span className={`wrap-anywhere ${isList ? "text-ink-soft" : "text-ink"}`}>{name}:</span>;
  if (container === null || container.entries.length === 0) {
    return (
      <div className="pl-5">
        {label} <JsonValue value={value} />
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          setIsOpen(!isOpen);
        }}
        className="flex max-w-full items-start gap-1 rounded-sm pr-1 text-left hover:bg-sunken"
      >
        <ChevronRight
          aria-hidden="true"
          className={`mt-1 size-4 shrink-0 text-ink-soft ${isOpen ? "rotate-90" : ""}`}
        />
        <span className="min-w-0">
          {label} <span className="text-xs text-ink-soft">{sizeOf(container)}</span>
        </span>
      </button>
      {isOpen && <JsonEntries container={container} level={level + 1} openLevels={openLevels} />}
    </>
  );
}

function sizeOf({ isList, entries }: JsonContainer): string {
  return isList ? `[ ${pluralize(entries.length, "item")} ]` : `{ ${pluralize(entries.length, "key")} }`;
}
