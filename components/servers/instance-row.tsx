import type { InstanceWithCounts } from "@/lib/contract/instances";
import { DrainActions } from "./drain-actions";
import { DrainNote } from "./drain-note";
import { InstanceFact, InstanceFacts } from "./instance-facts";
import { InstanceHeading } from "./instance-heading";
import { SessionCounts } from "./session-counts";

interface InstanceRowProps {
  instance: InstanceWithCounts;
}

/** One server process. */
export function InstanceRow({ instance }: InstanceRowProps) {
  return (
    <li className="border-t px-4 py-3.5 sm:px-5">
      <div className="mb-2.5 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 max-sm:flex-col max-sm:items-start">
        <InstanceHeading instance={instance} />
        <DrainActions instance={instance} />
      </div>
      {instance.status === "alive" && <DrainNote drain={instance.drain} sessions={instance.sessions} />}
      <InstanceFacts instance={instance}>
        <InstanceFact term="Sessions">
          <SessionCounts counts={instance.sessions} />
        </InstanceFact>
      </InstanceFacts>
    </li>
  );
}
