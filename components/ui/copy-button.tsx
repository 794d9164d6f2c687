"use client";

import { Check, Copy, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { copyText } from "@/lib/web/copy-text";
import { classNames } from "@/lib/web/class-names";
import { useNotify } from "@/lib/web/use-notify";
import { Button } from "./button";

const FEEDBACK_MS = 2_000;
const ICONS = { idle: Copy, copied: Check, failed: X };
const WORDS = { idle: "", copied: "Copied", failed: "Copying is not allowed here: select the text instead" };

interface CopyButtonProps {
  text: string;
  /** What is copied, to complete "Copy …". */
  what: string;
  className?: string;
  tabIndex?: number;
}

export function CopyButton({ text, what, className, tabIndex }: CopyButtonProps) {
  const [outcome, setOutcome] = useState<keyof typeof ICONS>("idle");
  const notify = useNotify();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const Icon = ICONS[outcome];
  const copy = async () => {
    const isCopied = await copyText(text);
    setOutcome(isCopied ? "copied" : "failed");
    if (!isCopied) notify.error("Copying is not allowed here", "Select the text instead.");
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      setOutcome("idle");
    }, FEEDBACK_MS);
  };
  return (
    <>
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label={`Copy ${what}`}
        title={WORDS[outcome] || `Copy ${what}`}
        onClick={() => void copy()}
        tabIndex={tabIndex}
        className={classNames(
          outcome === "copied" && "text-good hover:text-good",
          outcome === "failed" && "text-danger",
          className,
        )}
      >
        <Icon aria-hidden="true" />
      </Button>
      <span role="status" className="sr-only">
        {WORDS[outcome]}
      </span>
    </>
  );
}
