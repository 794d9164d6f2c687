import { useEffect, useRef } from "react";
import { DialogTitle } from "@/components/ui/dialog";

interface StepHeadingProps {
  children: string;
}

/** Takes the focus when its step begins: what had it has gone with the step before. */
export function StepHeading({ children }: StepHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <DialogTitle ref={heading} tabIndex={-1} className="outline-none">
      {children}
    </DialogTitle>
  );
}
