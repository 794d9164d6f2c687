"use client";

import { OctagonX } from "lucide-react";
import { type RefObject, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Session } from "@/lib/contract/session";
import { usePageCommand } from "@/lib/web/keyboard/page-commands";
import { useTerminatingIds } from "@/lib/web/use-terminate-session";
import { canTerminate } from "./can-terminate";
import { TerminateDialog } from "./terminate-dialog";

interface TerminateSessionProps {
  session: Session;
  fallbackFocus: RefObject<HTMLElement | null>;
}

/** The button that ends the session on this page, for as long as it can be ended. */
export function TerminateSession({ session, fallbackFocus }: TerminateSessionProps) {
  const [isAsking, setIsAsking] = useState(false);
  const isTerminating = useTerminatingIds().has(session.id);
  const ask = () => {
    setIsAsking(true);
  };
  const terminateCommand = { id: "terminate", label: "Terminate this session…", keywords: "end kill stop", run: ask };
  usePageCommand(canTerminate(session) && !isTerminating ? terminateCommand : null);
  return (
    <>
      {canTerminate(session) && (
        <Button variant="secondary" className="text-danger" disabled={isTerminating} onClick={ask}>
          <OctagonX aria-hidden="true" />
          {isTerminating ? "Terminating…" : "Terminate"}
        </Button>
      )}
      <TerminateDialog
        session={isAsking ? session : null}
        fallbackFocus={fallbackFocus}
        onClose={() => {
          setIsAsking(false);
        }}
      />
    </>
  );
}
