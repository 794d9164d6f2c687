import { Pause, Play } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { McpWebSocket } from "@/lib/web/use-mcp-web-socket";

interface PauseButtonProps {
  live: Pick<McpWebSocket, "isPaused" | "pause" | "resume">;
}

/** Holds the screen still, and lets it go on. */
export function PauseButton({ live: { isPaused, pause, resume } }: PauseButtonProps) {
  const Icon = isPaused ? Play : Pause;
  return (
    <Button
      variant="secondary"
      size="iconSmall"
      aria-label={isPaused ? "Resume updates" : "Pause updates"}
      title={isPaused ? "Resume updates" : "Pause updates"}
      onClick={isPaused ? resume : pause}
    >
      <Icon aria-hidden="true" className="size-3.5!" />
    </Button>
  );
}
