"use client";

import { type ReactNode, useState } from "react";
import { createPageCommands, PageCommandsContext } from "@/lib/web/keyboard/page-commands";
import { CommandPalette } from "./command-palette";
import { HelpDialog } from "./help-dialog";
import { KeyboardContext, type KeyboardLayer } from "./keyboard-context";
import { useShortcuts } from "./use-shortcuts";

interface KeyboardProviderProps {
  children: ReactNode;
}

/** Everything that the keyboard can do on any page: shortcuts, the command palette, the list of shortcuts. */
export function KeyboardProvider({ children }: KeyboardProviderProps) {
  const [pageCommands] = useState(createPageCommands);
  const [layer, setLayer] = useState<KeyboardLayer | null>(null);
  const onClose = () => {
    setLayer(null);
  };
  useShortcuts({ layer, onLayer: setLayer });
  return (
    <KeyboardContext value={setLayer}>
      <PageCommandsContext value={pageCommands}>
        {children}
        <CommandPalette isOpen={layer === "palette"} onClose={onClose} />
        <HelpDialog isOpen={layer === "help"} onClose={onClose} />
      </PageCommandsContext>
    </KeyboardContext>
  );
}
