import Link from "next/link";
import { CopyButton } from "@/components/ui/copy-button";
import type { Session } from "@/lib/contract/session";
import { describeClient } from "@/lib/web/describe-client";
import { sessionHref } from "@/lib/web/session-href";
import { shortenId } from "@/lib/web/shorten-id";

interface SessionNameCellProps {
  session: Session;
  isCurrentRow: boolean;
}

/** The session by its id, with the way to its page; on a phone also what the other columns would say. */
export function SessionNameCell({ session, isCurrentRow }: SessionNameCellProps) {
  const client = describeClient(session);
  const tabIndex = isCurrentRow ? 0 : -1;
  return (
    <>
      <span className="flex items-center gap-0.5">
        <Link
          href={sessionHref(session.id)}
          title={session.id}
          prefetch={false}
          tabIndex={tabIndex}
          className="truncate rounded-sm font-mono text-ink underline decoration-line-strong underline-offset-4 hover:decoration-accent"
        >
          {shortenId(session.id)}
        </Link>
        <span className="hidden opacity-0 group-focus-within/row:opacity-100 group-hover/row:opacity-100 sm:inline-flex">
          <CopyButton text={session.id} what="session id" className="-my-1 size-6" tabIndex={tabIndex} />
        </span>
      </span>
      <span className="block truncate text-xs text-ink-soft sm:hidden">
        {[session.server, client?.name].filter(Boolean).join(" · ")}
      </span>
    </>
  );
}
