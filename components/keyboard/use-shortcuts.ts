import { usePathname, useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import type { ShortcutId } from "@/lib/web/keyboard/shortcuts";
import { moveRow, openRow, selectRow } from "@/lib/web/keyboard/table-rows";
import { useKeyPresses } from "@/lib/web/keyboard/use-key-presses";
import type { KeyboardLayer } from "./keyboard-context";

const SESSIONS = "/mcp/sessions";

interface ShortcutOptions {
  layer: KeyboardLayer | null;
  onLayer: (layer: KeyboardLayer | null) => void;
}

/** Does what the shortcuts promise. */
export function useShortcuts({ layer, onLayer }: ShortcutOptions): void {
  const router = useRouter();
  const pathname = usePathname();
  const wantsFilter = useRef(false);
  useEffect(() => {
    if (wantsFilter.current && pathname === SESSIONS) focusFilter();
    wantsFilter.current = false;
  }, [pathname]);
  const goTo = (href: string) => {
    router.push(href);
  };
  const filter = () => {
    if (focusFilter()) return;
    wantsFilter.current = true;
    goTo(SESSIONS);
  };
  const actions: Record<ShortcutId, () => unknown> = {
    filter,
    help: () => {
      onLayer("help");
    },
    overview: () => {
      goTo("/mcp");
    },
    sessions: () => {
      goTo(SESSIONS);
    },
    servers: () => {
      goTo("/mcp/servers");
    },
    nextRow: () => {
      moveRow(1);
    },
    previousRow: () => {
      moveRow(-1);
    },
    openRow,
    selectRow,
  };
  useKeyPresses({
    onShortcut: (shortcut) => actions[shortcut]() !== false,
    onPalette: () => {
      // Another dialog asks for an answer first.
      if (layer === null && document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return false;
      onLayer(layer === "palette" ? null : "palette");
      return true;
    },
  });
}

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLElement>('[data-hotkey="filter"]');
  filter?.focus();
  return filter !== null;
}
