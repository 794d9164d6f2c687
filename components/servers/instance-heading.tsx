import { Badge } from "@/components/ui/badge";
import { CopyableId } from "@/components/ui/copyable-id";
import type { Instance } from "@/lib/contract/instances";
import { instanceLooks } from "./instance-looks";

interface InstanceHeadingProps {
  instance: Instance;
}

/** The instance by name, with its state in one word. */
export function InstanceHeading({ instance }: InstanceHeadingProps) {
  const { label, tone, Icon } = instanceLooks(instance);
  return (
    <h3 className="flex min-w-0 flex-wrap items-center gap-x-2.5 gap-y-1 text-[13px] font-medium">
      <CopyableId id={instance.id} what="the instance id" />
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {label}
      </Badge>
    </h3>
  );
}
