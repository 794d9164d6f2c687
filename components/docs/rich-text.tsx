interface RichTextProps {
  text: string;
}

/** Text in which `backticks` mark code. */
export function RichText({ text }: RichTextProps) {
  return text.split("`").map((part, index) =>
    index % 2 === 1 ? (
      <code key={index} className="rounded bg-sunken px-1 py-0.5 font-mono text-[0.92em] text-ink">
        {part}
      </code>
    ) : (
      part
    ),
  );
}
