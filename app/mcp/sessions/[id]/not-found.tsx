import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Session not found" };

export default function SessionNotFound() {
  return (
    <MessagePage
      icon={<SearchX aria-hidden="true" />}
      title="Session not found"
      actions={
        <Button asChild>
          <Link href="/mcp/sessions">Back to the sessions</Link>
        </Button>
      }
    >
      No session has this id. It may have been mistyped, or it ended so long ago that its record was removed.
    </MessagePage>
  );
}
