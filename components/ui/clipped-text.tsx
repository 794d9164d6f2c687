"use client";

import { useState } from "react";
import { classNames } from "@/lib/web/class-names";
import { clipText } from "@/lib/web/clip-text";
import { formatCount } from "@/lib/web/format-number";

interface ClippedTextProps {
  text: string;
  maxLength: number;
  className?: string;
}

/** A text as it is, white space included; the beginning of a long one until all of it is asked for. */
export function ClippedText({ text, maxLength, className }: ClippedTextProps) {
  const [isWhole, setIsWhole] = useState(false);
  const clipped = clipText(text, maxLength);
  return (
    <>
      <span dir="auto" className={classNames("wrap-anywhere whitespace-pre-wrap", className)}>
        {clipped === null || isWhole ? text : `${clipped}…`}
      </span>
      {clipped !== null && (
        <button
          type="button"
          onClick={() => {
            setIsWhole(!isWhole);
          }}
          className="ml-1.5 rounded-sm font-sans text-xs font-medium text-accent underline underline-offset-4"
        >
          {isWhole ? "Show less" : `Show all ${formatCount(text.length)} characters`}
        </button>
      )}
    </>
  );
}
