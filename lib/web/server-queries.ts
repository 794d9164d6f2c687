import { queryOptions } from "@tanstack/react-query";
import type { InstanceWithCounts, ServerList } from "@/lib/contract/instances";
import type { ApiError } from "./api-error";
import { getInstance, getServers } from "./instance-client";
import { queryKeys } from "./query-keys";

export function serversQuery() {
  return queryOptions<ServerList, ApiError, ServerList, ReturnType<typeof queryKeys.servers>>({
    queryKey: queryKeys.servers(),
    queryFn: ({ signal }) => getServers(signal),
  });
}

export function instanceQuery(id: string) {
  const queryKey = queryKeys.instance(id);
  return queryOptions<InstanceWithCounts | null, ApiError, InstanceWithCounts | null, typeof queryKey>({
    queryKey,
    queryFn: ({ signal }) => getInstance(id, signal),
  });
}
