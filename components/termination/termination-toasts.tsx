"use client";

import { useEffect, useState } from "react";
import { toast } from "sonner";
import { prepareTermination } from "@/lib/web/prepare-termination";
import { describeToast, isLastWord, type TerminationSight } from "@/lib/web/termination/describe-toast";
import { useAwaitedEvents } from "@/lib/web/termination/use-awaited-events";
import { useRegistryNow } from "@/lib/web/use-registry-now";
import { type AskedTermination, useAskedTerminations } from "@/lib/web/use-terminate-session";

/** A toast for each session that is terminated in this tab, from the order to its MCP server's answer. */
export function TerminationToasts() {
  return useAskedTerminations().map((asked) => <TerminationToast key={asked.key} asked={asked} />);
}

interface TerminationToastProps {
  asked: AskedTermination;
}

function TerminationToast({ asked }: TerminationToastProps) {
  const [isOver, setIsOver] = useState(false);
  const { key, id, status } = asked;
  const isFollowed = status === "success" && !isOver;
  useToast(key, isFollowed || isOver ? null : { id, status, termination: undefined, waitedMs: 0 });
  if (!isFollowed) return null;
  return (
    <AnswerFollower
      asked={asked}
      onOver={() => {
        setIsOver(true);
      }}
    />
  );
}

interface AnswerFollowerProps extends TerminationToastProps {
  onOver: () => void;
}

/** Reads the session's timeline, where the answer will be, until it is there or nobody need wait for it any more. */
function AnswerFollower({ asked: { key, id, status }, onOver }: AnswerFollowerProps) {
  const { data } = useAwaitedEvents(id);
  const now = useRegistryNow();
  const isRecorded = data?.events.some(({ type }) => type === "terminated") ?? false;
  const termination = data && isRecorded ? prepareTermination(data.events) : undefined;
  const sight = { id, status, termination, waitedMs: termination ? now - Date.parse(termination.requestedAt) : 0 };
  useToast(key, sight);
  const words = describeToast(sight);
  const isOver = words !== null && isLastWord(words, sight.waitedMs);
  useEffect(() => {
    if (isOver) onOver();
  }, [isOver, onOver]);
  return null;
}

/** Shows what there is to say, in place of what was said before; null leaves that as it is. */
function useToast(key: number, sight: TerminationSight | null): void {
  const words = sight && describeToast(sight);
  const isRefused = sight?.status === "error";
  const { kind, title, text } = words ?? { kind: null, title: "", text: "" };
  useEffect(() => {
    const id = `termination-${String(key)}`;
    if (isRefused) toast.dismiss(id);
    if (kind !== null) toast[kind](title, { id, description: text });
  }, [key, kind, title, text, isRefused]);
}
