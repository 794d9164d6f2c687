"use client";

import { LoaderCircle } from "lucide-react";
import { type SyntheticEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import type { Session } from "@/lib/contract/session";
import type { ApiError } from "@/lib/web/api-error";
import { describeClient } from "@/lib/web/describe-client";
import { ReasonField } from "./reason-field";
import { TerminateProblem } from "./terminate-problem";
import { hasEndedAlready } from "./has-ended-already";

export type TerminateTarget = Pick<Session, "id" | "server" | "clientInfo" | "clientId">;

interface TerminateFormProps {
  session: TerminateTarget;
  error: ApiError | null;
  isPending: boolean;
  onCancel: () => void;
  onSubmit: (reason: string) => void;
}

export function TerminateForm({ session, error, isPending, onCancel, onSubmit }: TerminateFormProps) {
  const [reason, setReason] = useState("");
  const isOver = error !== null && hasEndedAlready(error);
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    // A reason is one line on the wire.
    if (!isPending && !isOver) onSubmit(reason.replace(/\s+/g, " ").trim());
  };
  return (
    <form onSubmit={submit} className="mt-4 space-y-4">
      <Target session={session} />
      {!isOver && <ReasonField value={reason} onChange={setReason} isDisabled={isPending} />}
      {error !== null && <TerminateProblem error={error} />}
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={onCancel} disabled={isPending}>
          {isOver ? "Close" : "Cancel"}
        </Button>
        {!isOver && (
          <Button type="submit" variant="danger" aria-disabled={isPending}>
            {isPending && <LoaderCircle aria-hidden="true" className="animate-spin" />}
            {isPending ? "Terminating…" : error === null ? "Terminate" : "Try again"}
          </Button>
        )}
      </div>
    </form>
  );
}

function Target({ session }: { session: TerminateTarget }) {
  const client = describeClient(session);
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 rounded-lg border bg-sunken px-3.5 py-3 text-[13px]">
      <dt className="text-ink-soft">Session</dt>
      <dd className="font-mono break-all">{session.id}</dd>
      <dt className="text-ink-soft">Server</dt>
      <dd className="break-words">{session.server}</dd>
      <dt className="text-ink-soft">Client</dt>
      <dd className="break-words">{client === null ? "unknown" : [client.name, client.version].join(" ").trim()}</dd>
    </dl>
  );
}
