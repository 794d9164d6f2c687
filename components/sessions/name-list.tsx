interface NameListProps {
  names: readonly string[];
}

/** Short technical names, side by side. */
export function NameList({ names }: NameListProps) {
  return (
    <ul className="flex flex-wrap gap-1">
      {names.map((name) => (
        <li key={name} className="max-w-full rounded-md bg-sunken px-1.5 py-0.5 font-mono text-xs break-all">
          {name}
        </li>
      ))}
    </ul>
  );
}
