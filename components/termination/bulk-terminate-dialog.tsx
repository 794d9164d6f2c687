"use client";

import { Dialog, DialogContent } from "@/components/ui/dialog";
import type { TerminationTarget } from "@/lib/web/termination/termination-client";
import { useTerminationInUrl } from "@/lib/web/termination/use-termination-in-url";
import { PlanStep } from "./plan-step";
import { TerminationStep } from "./termination-step";

interface BulkTerminateDialogProps {
  /** The sessions to end; null unless somebody has asked for it. */
  target: TerminationTarget | null;
  onClose: () => void;
}

/**
 * Ends many sessions in three steps: reason and pace; what exactly it would end; how far it has come. From the second on it
 * is known by the address, so that a reload or a link leads back to it. Closing it stops nothing.
 */
export function BulkTerminateDialog({ target, onClose }: BulkTerminateDialogProps) {
  const [id, setId] = useTerminationInUrl();
  const close = () => {
    setId(null);
    onClose();
  };
  return (
    <Dialog
      open={target !== null || id !== null}
      onOpenChange={(isOpen) => {
        if (!isOpen) close();
      }}
    >
      <DialogContent className="max-w-2xl">
        {id !== null ? (
          <TerminationStep key={id} id={id} onPlanned={setId} onClose={close} />
        ) : (
          target !== null && <PlanStep target={target} onPlanned={setId} onCancel={close} />
        )}
      </DialogContent>
    </Dialog>
  );
}
