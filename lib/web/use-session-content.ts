import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { MessageList } from "@/lib/contract/messages";
import type { Session } from "@/lib/contract/session";
import { getSessionMessages } from "./api-client";
import type { ApiError } from "./api-error";
import { addEarlier, type MessageWindow } from "./message-window";
import { queryKeys } from "./query-keys";
import { MESSAGES_LIMIT } from "./read-messages";
import { sessionMessagesQuery, sessionStateQuery } from "./session-queries";
import { usePolledQuery } from "./use-polled-query";

/** A session's state, kept current; not asked for while the session says that there is none. */
export function useSessionState({ id, stateVersion }: Pick<Session, "id" | "stateVersion">) {
  return usePolledQuery({ ...sessionStateQuery(id), enabled: stateVersion > 0 }, { isFed: true });
}

/** A session's latest messages and whatever earlier ones have been asked for, kept current. */
export function useSessionMessages({ id, messageCount }: Pick<Session, "id" | "messageCount">) {
  return usePolledQuery({ ...sessionMessagesQuery(id), enabled: messageCount > 0 }, { isFed: true });
}

/** Reads the messages before a `seq` and puts them in front of those on screen. */
export function useEarlierMessages(id: string) {
  const queryClient = useQueryClient();
  const queryKey = queryKeys.messages(id);
  return useMutation<MessageList, ApiError, number>({
    mutationFn: (before) => getSessionMessages(id, { before, limit: MESSAGES_LIMIT }),
    networkMode: "always",
    onSuccess: (page) => {
      const known = queryClient.getQueryState<MessageWindow>(queryKey);
      if (!known?.data) return;
      // The latest messages are as old as they were.
      queryClient.setQueryData(queryKey, addEarlier(known.data, page), { updatedAt: known.dataUpdatedAt });
    },
  });
}
