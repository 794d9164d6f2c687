import { type FocusEvent, type KeyboardEvent, type MouseEvent, useState } from "react";

interface CurrentRowOptions {
  count: number;
  onToggle: (index: number, isRange: boolean) => void;
}

const PAGE = 10;

/**
 * One row of a long table is the current one: arrow keys move it, Enter opens it, the space bar chooses it. The handlers are
 * the table's; rows tell their place with `data-index`.
 */
export function useCurrentRow({ count, onToggle }: CurrentRowOptions) {
  const [{ index, isByKey }, setCurrent] = useState({ index: 0, isByKey: false });
  const current = Math.min(index, Math.max(0, count - 1));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const from = indexOf(event.target) ?? current;
    const next = moved(event.key, from, count);
    const row =
      event.target instanceof HTMLElement && event.target.dataset["index"] !== undefined ? event.target : null;
    if (next !== null) setCurrent({ index: next, isByKey: true });
    else if (row && event.key === "Enter") row.querySelector("a")?.click();
    else if (row && event.key === " ") onToggle(from, event.shiftKey);
    else return;
    event.preventDefault();
  };
  const onFocus = (event: FocusEvent) => {
    const focused = indexOf(event.target);
    if (focused !== null && focused !== current) setCurrent({ index: focused, isByKey: false });
  };
  // Whoever has left for another part of the page is not to be called back.
  const onBlur = ({ currentTarget, relatedTarget }: FocusEvent) => {
    const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
    if (isByKey && !isInside) setCurrent({ index: current, isByKey: false });
  };
  const onClick = (event: MouseEvent) => {
    const clicked = indexOf(event.target);
    const isSelect = event.target instanceof Element && event.target.matches("[data-row-select]");
    if (clicked !== null && isSelect) onToggle(clicked, event.shiftKey);
  };
  return { current, isByKey, handlers: { onKeyDown, onFocus, onBlur, onClick } };
}

function moved(key: string, current: number, count: number): number | null {
  const steps: Record<string, number> = {
    ...{ ArrowDown: 1, ArrowUp: -1, PageDown: PAGE, PageUp: -PAGE },
    ...{ Home: -count, End: count },
  };
  const step = steps[key];
  return step === undefined ? null : Math.max(0, Math.min(count - 1, current + step));
}

function indexOf(target: EventTarget): number | null {
  const row = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  return row === null ? null : Number(row.dataset["index"]);
}
