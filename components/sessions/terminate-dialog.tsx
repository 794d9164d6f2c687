"use client";

import { type RefObject, useRef } from "react";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { shortenId } from "@/lib/web/shorten-id";
import { useTerminateSession } from "@/lib/web/use-terminate-session";
import { TerminateForm, type TerminateTarget } from "./terminate-form";

interface TerminateDialogProps {
  /** The session to end; null keeps the dialog shut. */
  session: TerminateTarget | null;
  onClose: () => void;
  /** Where the focus goes when the button that opened the dialog has gone with the session. */
  fallbackFocus: RefObject<HTMLElement | null>;
}

/** Asks before a session is ended, and stays until the registry has answered. */
export function TerminateDialog({ session, onClose, fallbackFocus }: TerminateDialogProps) {
  const termination = useTerminateSession();
  const cancel = () => {
    termination.reset();
    onClose();
  };
  const opener = useRef<Element>(null);
  const returnFocus = () => {
    const target = opener.current?.isConnected ? opener.current : fallbackFocus.current;
    if (target instanceof HTMLElement) target.focus();
  };
  return (
    <>
      <p role="status" className="sr-only">
        {termination.data && `Session ${shortenId(termination.data.id)} has been terminated.`}
      </p>
      <Dialog
        open={session !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) cancel();
        }}
      >
        {session !== null && (
          <DialogContent
            isBusy={termination.isPending}
            onOpenAutoFocus={() => {
              opener.current = document.activeElement;
            }}
            onCloseAutoFocus={returnFocus}
          >
            <DialogTitle>Terminate this session?</DialogTitle>
            <DialogDescription>
              It ends for good: its client&rsquo;s next request is refused, and its MCP server is told to drop it.
            </DialogDescription>
            <TerminateForm
              session={session}
              error={termination.error}
              isPending={termination.isPending}
              onCancel={cancel}
              onSubmit={(reason) => {
                termination.mutate({ id: session.id, reason }, { onSuccess: onClose });
              }}
            />
          </DialogContent>
        )}
      </Dialog>
    </>
  );
}
