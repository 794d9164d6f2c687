import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Instance } from "@/lib/contract/instances";
import type { ApiError } from "./api-error";
import { drainInstance, endDrain } from "./instance-client";
import { queryKeys } from "./query-keys";
import { instanceQuery, serversQuery } from "./server-queries";
import { usePolledQuery } from "./use-polled-query";

/** Every MCP server with its processes, kept current. */
export function useServers() {
  return usePolledQuery(serversQuery());
}

/** The latest boot of an instance, kept current; null when it has never registered. */
export function useInstance(id: string) {
  // One that never registered will hardly do so under an open session, and browsers log every 404 as an error.
  return usePolledQuery(instanceQuery(id), { isSettled: (instance) => instance === null });
}

export interface DrainRequest {
  id: string;
  /** When the deploy is due, milliseconds from now. */
  withinMs: number | null;
}

export function useDrainInstance() {
  return useInstanceChange(({ id, withinMs }: DrainRequest) => drainInstance(id, withinMs));
}

export function useEndDrain() {
  return useInstanceChange((id: string) => endDrain(id));
}

/** Settles only once what is on screen has been read anew, also after a failure: a timed-out change may have succeeded. */
function useInstanceChange<Variables>(change: (variables: Variables) => Promise<Instance>) {
  const queryClient = useQueryClient();
  return useMutation<Instance, ApiError, Variables>({
    mutationFn: change,
    networkMode: "always",
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.allInstances() }),
  });
}
