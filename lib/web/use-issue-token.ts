import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ReconnectToken } from "@/lib/contract/tokens";
import { ApiError, unexpectedAnswerError } from "./api-error";
import { issueReconnectToken } from "./instance-client";
import { queryKeys } from "./query-keys";
import { useNotify } from "./use-notify";

type Issue =
  { state: "idle" | "pending" } | { state: "issued"; token: ReconnectToken } | { state: "failed"; error: ApiError };

/** Issues a reconnect token and keeps it in the calling component alone: a mutation would leave it in a cache. */
export function useIssueToken(sessionId: string): { issue: Issue; start: () => void } {
  const [issue, setIssue] = useState<Issue>({ state: "idle" });
  const queryClient = useQueryClient();
  const notify = useNotify();
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const run = async () => {
    const { signal } = (abort.current = new AbortController());
    setIssue({ state: "pending" });
    try {
      const token = await issueReconnectToken(sessionId, signal);
      if (!signal.aborted) {
        setIssue({ state: "issued", token });
        notify.success("Reconnect token issued", "It is shown once.");
      }
    } catch (error) {
      if (!signal.aborted) setIssue({ state: "failed", error: asApiError(error) });
    }
    void queryClient.invalidateQueries({ queryKey: queryKeys.all() });
  };
  return { issue, start: () => void run() };
}

function asApiError(error: unknown): ApiError {
  return error instanceof ApiError ? error : unexpectedAnswerError("The request failed.", error);
}
