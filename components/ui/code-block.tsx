import { CopyButton } from "./copy-button";

interface CodeBlockProps {
  code: string;
  /** What the code is, for its copy button and for screen readers. */
  label: string;
}

export function CodeBlock({ code, label }: CodeBlockProps) {
  return (
    <div className="group relative min-w-0 rounded-lg border bg-sunken">
      <pre
        tabIndex={0}
        role="region"
        aria-label={label}
        className="overflow-x-auto rounded-lg p-3.5 pr-12 font-mono text-[13px] leading-relaxed text-ink"
      >
        <code>{code}</code>
      </pre>
      <CopyButton text={code} what={label} className="absolute top-2 right-2 bg-sunken" />
    </div>
  );
}
