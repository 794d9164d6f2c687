import { Card } from "@/components/ui/card";
import { CopyableId } from "@/components/ui/copyable-id";
import { DescriptionList } from "@/components/ui/description-list";
import type { Session } from "@/lib/contract/session";
import { describeClient } from "@/lib/web/describe-client";
import { NameList } from "./name-list";

interface SessionClientProps {
  session: Session;
}

export function SessionClient({ session }: SessionClientProps) {
  const { clientId, principal, transport, protocolVersion, capabilities } = session;
  const client = describeClient({ ...session, clientId: null });
  return (
    <Card title="Client">
      <DescriptionList
        items={[
          { term: "Name", details: client?.name },
          { term: "Version", details: client?.version },
          { term: "Client id", details: clientId && <CopyableId id={clientId} what="the client id" /> },
          { term: "Principal", details: principal && <CopyableId id={principal} what="the principal" /> },
          { term: "Transport", details: transport },
          { term: "Protocol revision", details: protocolVersion },
          { term: "Capabilities", details: capabilities && <Capabilities capabilities={capabilities} /> },
        ]}
      />
    </Card>
  );
}

function Capabilities({ capabilities }: { capabilities: Record<string, unknown> }) {
  const names = Object.keys(capabilities);
  return names.length > 0 ? <NameList names={names} /> : <span className="text-ink-soft">none</span>;
}
