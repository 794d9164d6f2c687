"use client";

import { useRef } from "react";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { PaletteMenu } from "./palette-menu";

interface CommandPaletteProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Sessions, pages and actions by name, from any page. */
export function CommandPalette({ isOpen, onClose }: CommandPaletteProps) {
  const chosen = useRef<(() => void) | null>(null);
  const opener = useRef<Element>(null);
  const runChosen = (event: Event) => {
    // What is chosen may open a dialog: it comes when this one has gone, and returns the focus where it was before both.
    event.preventDefault();
    if (opener.current instanceof HTMLElement) opener.current.focus();
    chosen.current?.();
    chosen.current = null;
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
    >
      <DialogContent
        onOpenAutoFocus={() => {
          opener.current = document.activeElement;
        }}
        onCloseAutoFocus={runChosen}
        className="top-[12dvh] flex max-h-[76dvh] max-w-xl translate-y-0 flex-col overflow-hidden p-0"
      >
        <DialogTitle className="sr-only">Search</DialogTitle>
        <DialogDescription className="sr-only">
          Sessions by id, server, client or principal, pages, and what can be done here.
        </DialogDescription>
        <PaletteMenu
          onChoose={(run) => {
            chosen.current = run;
            onClose();
          }}
        />
      </DialogContent>
    </Dialog>
  );
}
