"use client";

import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import type { Session } from "@/lib/contract/session";
import { ReconnectTokenForm } from "./reconnect-token-form";

interface ReconnectTokenProps {
  session: Session;
}

/** The button that issues a reconnect token, while there is a session to take up. */
export function ReconnectToken({ session: { id, status } }: ReconnectTokenProps) {
  const [isOpen, setIsOpen] = useState(false);
  const canIssue = status === "active" || status === "disconnected";
  if (!canIssue && !isOpen) return null;
  return (
    <>
      <Button
        variant="secondary"
        onClick={() => {
          setIsOpen(true);
        }}
      >
        <KeyRound aria-hidden="true" />
        Reconnect token
      </Button>
      <Dialog open={isOpen} onOpenChange={setIsOpen}>
        <DialogContent>
          <DialogTitle>Reconnect token</DialogTitle>
          <DialogDescription>
            Whoever redeems it at the session&rsquo;s own MCP server takes the session up again, with its state and
            messages: after a disconnect, or on another machine. It is good once and for a short time. Treat it as a
            password.
          </DialogDescription>
          {/* Unmounted with the dialog: the token is nowhere once it is closed. */}
          <ReconnectTokenForm
            sessionId={id}
            onClose={() => {
              setIsOpen(false);
            }}
          />
        </DialogContent>
      </Dialog>
    </>
  );
}
