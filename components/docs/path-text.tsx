interface PathTextProps {
  path: string;
}

/** A path in which the parts to fill in stand out. */
export function PathText({ path }: PathTextProps) {
  return (
    <code className="font-mono text-[13px] break-all">
      {path.split(/(\{[^}]+\})/).map((part, index) =>
        part.startsWith("{") ? (
          <span key={index} className="text-accent">
            {part}
          </span>
        ) : (
          part
        ),
      )}
    </code>
  );
}
