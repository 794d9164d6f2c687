import { LoaderCircle } from "lucide-react";
import { Badge } from "@/components/ui/badge";
import type { Session } from "@/lib/contract/session";
import { canTerminate } from "./can-terminate";
import { HEALTH_LOOKS, STATUS_LOOKS } from "./status-looks";

interface SessionStatusBadgeProps {
  session: Pick<Session, "status" | "health">;
  /** Its termination has been asked for and not answered yet. */
  isTerminating?: boolean;
}

/** The state of a session in one word: its health while it is active, else how it ended. */
export function SessionStatusBadge({ session, isTerminating = false }: SessionStatusBadgeProps) {
  const { status, health } = session;
  if (isTerminating && canTerminate(session)) {
    return (
      <Badge>
        <LoaderCircle aria-hidden="true" className="animate-spin" />
        Terminating…
      </Badge>
    );
  }
  const { label, tone, Icon } = health === null ? STATUS_LOOKS[status] : HEALTH_LOOKS[health];
  return (
    <Badge tone={tone}>
      <Icon aria-hidden="true" />
      {health !== null && <span className="sr-only">Active, </span>}
      {label}
    </Badge>
  );
}
