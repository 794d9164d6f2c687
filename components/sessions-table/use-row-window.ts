import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { type RefObject, useEffect, useRef } from "react";
import { useMediaQuery } from "@/lib/web/use-media-query";
import type { Density } from "@/lib/web/sessions/sessions-url";

const ROW_HEIGHTS = { comfortable: 44, compact: 32, phone: 56 };
const OVERSCAN = 10;
const HEADER_HEIGHT = 36;
/** Until the screen has been measured, and on the server. */
const FIRST_RECT = { width: 1_200, height: 760 };

/** How far lists were scrolled, by what they show: back on it, a list is where it was left. */
const offsets = new Map<string, number>();
const MAX_OFFSETS = 100;

interface RowWindowOptions {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  density: Density;
  /** What the list shows: another list begins at its top. */
  listKey: string;
  /** The current row stays rendered wherever the list is scrolled, so that it keeps the focus; a key brings it into sight. */
  current: number;
  isByKey: boolean;
}

/** The rows that are on screen, or nearly. */
export function useRowWindow({ scroller, count, density, listKey, current, isByKey }: RowWindowOptions) {
  const isWide = useMediaQuery("(min-width: 40rem)", true);
  const rowHeight = isWide ? ROW_HEIGHTS[density] : ROW_HEIGHTS.phone;
  const shownKey = useRef(listKey);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: OVERSCAN,
    paddingStart: HEADER_HEIGHT,
    scrollPaddingStart: HEADER_HEIGHT,
    initialRect: FIRST_RECT,
    initialOffset: () => offsets.get(listKey) ?? 0,
    rangeExtractor: (range) => {
      const indexes = defaultRangeExtractor(range);
      return indexes.includes(current) || current >= count ? indexes : [...indexes, current].sort((a, b) => a - b);
    },
    onChange: ({ scrollOffset }) => {
      if (scrollOffset !== null) rememberOffset(shownKey.current, scrollOffset);
    },
  });
  useEffect(() => {
    virtualizer.measure();
  }, [virtualizer, rowHeight]);
  useEffect(() => {
    if (isByKey) virtualizer.scrollToIndex(current);
  }, [virtualizer, current, isByKey]);
  useEffect(() => {
    if (shownKey.current === listKey) return;
    shownKey.current = listKey;
    virtualizer.scrollToOffset(offsets.get(listKey) ?? 0);
  }, [virtualizer, listKey]);
  const items = virtualizer.getVirtualItems();
  return { rows: withGaps(items, virtualizer.getTotalSize()), lastIndex: items.at(-1)?.index ?? 0, rowHeight };
}

/** Lists that were scrolled longest ago begin at their top again. */
function rememberOffset(listKey: string, offset: number): void {
  offsets.delete(listKey);
  offsets.set(listKey, offset);
  for (const key of offsets.keys()) {
    if (offsets.size <= MAX_OFFSETS) return;
    offsets.delete(key);
  }
}

interface Item {
  index: number;
  start: number;
  end: number;
}

/** The rendered rows, each with the height of what is not rendered before it; at the end what is not rendered after them. */
function withGaps(items: readonly Item[], totalSize: number) {
  let end = HEADER_HEIGHT;
  const rows = items.map((item) => {
    const gap = item.start - end;
    end = item.end;
    return { index: item.index, gap };
  });
  return { items: rows, gapAfter: Math.max(0, totalSize - end) };
}
