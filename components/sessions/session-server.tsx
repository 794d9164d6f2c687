import { Card } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { Session } from "@/lib/contract/session";
import { NameList } from "./name-list";

interface SessionServerProps {
  session: Session;
}

export function SessionServer({ session }: SessionServerProps) {
  const { server, serverVersion, mcpServers, labels, kind } = session;
  return (
    <Card title="Server">
      <DescriptionList
        items={[
          { term: "Name", details: server },
          { term: "Version", details: serverVersion },
          { term: "Kind", details: kind === "protocol" ? "Protocol session" : "Explicit handle" },
          { term: "MCP servers", details: mcpServers.length > 0 ? <NameList names={mcpServers} /> : null },
          { term: "Labels", details: labelsOf(labels) },
        ]}
      />
    </Card>
  );
}

function labelsOf(labels: Session["labels"]) {
  const names = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
  return names.length > 0 ? <NameList names={names} /> : <span className="text-ink-soft">none</span>;
}
