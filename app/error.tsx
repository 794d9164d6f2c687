"use client";

import { TriangleAlert } from "lucide-react";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

interface ErrorPageProps {
  error: unknown;
  retry: () => void;
}

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      icon={<TriangleAlert aria-hidden="true" />}
      title="This page could not be shown"
      actions={<Button onClick={retry}>Try again</Button>}
    >
      <p>Holdfast failed while putting it together. The reason is in the server&rsquo;s log.</p>
      {digest !== null && (
        <p className="mt-2">
          Log reference <code className="font-mono text-ink">{digest}</code>
        </p>
      )}
    </MessagePage>
  );
}
