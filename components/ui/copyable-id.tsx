import { CopyButton } from "./copy-button";

interface CopyableIdProps {
  id: string;
  what: string;
}

export function CopyableId({ id, what }: CopyableIdProps) {
  return (
    <span className="inline-flex max-w-full items-center gap-1">
      <span className="font-mono break-all">{id}</span>
      <CopyButton text={id} what={what} className="-my-1 shrink-0" />
    </span>
  );
}
