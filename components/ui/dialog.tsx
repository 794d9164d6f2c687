import { X } from "lucide-react";
import { Dialog as Primitive } from "radix-ui";
import type { ComponentProps } from "react";
import { classNames } from "@/lib/web/class-names";
import { Button } from "./button";

export const Dialog = Primitive.Root;
export const DialogTitle = ({ className, ...props }: ComponentProps<typeof Primitive.Title>) => (
  <Primitive.Title className={classNames("pr-8 text-base font-semibold tracking-tight", className)} {...props} />
);
export const DialogDescription = ({ className, ...props }: ComponentProps<typeof Primitive.Description>) => (
  <Primitive.Description className={classNames("mt-1.5 text-sm leading-relaxed text-ink-soft", className)} {...props} />
);

interface DialogContentProps extends ComponentProps<typeof Primitive.Content> {
  /** While true the dialog stays: what it asked for is under way. */
  isBusy?: boolean;
}

export function DialogContent({ isBusy = false, className, children, ...props }: DialogContentProps) {
  const holdWhileBusy = (event: Event) => {
    if (isBusy) event.preventDefault();
  };
  return (
    <Primitive.Portal>
      <Primitive.Overlay className="fixed inset-0 z-50 animate-[appear_120ms_ease-out] bg-black/45 dark:bg-black/65" />
      <Primitive.Content
        onEscapeKeyDown={holdWhileBusy}
        onInteractOutside={holdWhileBusy}
        className={classNames(
          "fixed top-1/2 left-1/2 z-50 max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] max-w-lg -translate-1/2 overflow-y-auto",
          "animate-[appear_140ms_ease-out] rounded-xl border bg-surface p-5 shadow-float",
          className,
        )}
        {...props}
      >
        {children}
        <Primitive.Close asChild>
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label="Close"
            disabled={isBusy}
            className="absolute top-4 right-4"
          >
            <X aria-hidden="true" />
          </Button>
        </Primitive.Close>
      </Primitive.Content>
    </Primitive.Portal>
  );
}
