"use client";

import { LoaderCircle } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useIssueToken } from "@/lib/web/use-issue-token";
import { IssuedToken } from "./issued-token";

interface ReconnectTokenFormProps {
  sessionId: string;
  onClose: () => void;
}

/** Issues a token on demand and shows it once. */
export function ReconnectTokenForm({ sessionId, onClose }: ReconnectTokenFormProps) {
  const { issue, start } = useIssueToken(sessionId);
  const isPending = issue.state === "pending";
  return (
    <div className="mt-4 space-y-4">
      {issue.state === "issued" && <IssuedToken token={issue.token} />}
      {issue.state === "failed" && (
        <Alert title={issue.error.title}>
          <p>
            {issue.error.detail} {issue.error.hint}
          </p>
        </Alert>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={onClose}>
          {issue.state === "issued" ? "Close" : "Cancel"}
        </Button>
        {issue.state !== "issued" && (
          <Button
            aria-disabled={isPending}
            onClick={() => {
              if (!isPending) start();
            }}
          >
            {isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
            {issue.state === "failed" ? "Try again" : "Issue a token"}
          </Button>
        )}
      </div>
    </div>
  );
}
