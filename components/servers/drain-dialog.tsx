"use client";

import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { useDrainInstance } from "@/lib/web/use-servers";
import { DrainForm } from "./drain-form";

interface DrainDialogProps {
  instanceId: string;
  isDraining: boolean;
  isOpen: boolean;
  onClose: () => void;
}

/** Asks by when an instance is to be free, and stays until the registry has answered. */
export function DrainDialog({ instanceId, isDraining, isOpen, onClose }: DrainDialogProps) {
  const drain = useDrainInstance();
  const cancel = () => {
    drain.reset();
    onClose();
  };
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(isOpening) => {
        if (!isOpening) cancel();
      }}
    >
      <DialogContent isBusy={drain.isPending}>
        <DialogTitle>{isDraining ? "Change the deadline of this drain?" : "Drain this instance?"}</DialogTitle>
        <DialogDescription>
          <span className="font-mono break-all text-ink">{instanceId}</span> takes no new sessions; those it serves stay
          as they are. The deadline only shows as a countdown: nothing is ended when it is over.
        </DialogDescription>
        <DrainForm
          error={drain.error}
          action={isDraining ? "Change" : "Drain"}
          isPending={drain.isPending}
          onCancel={cancel}
          onSubmit={(withinMs) => {
            drain.mutate({ id: instanceId, withinMs }, { onSuccess: onClose });
          }}
        />
      </DialogContent>
    </Dialog>
  );
}
