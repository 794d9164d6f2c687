import { MapPinOff } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export const metadata: Metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <MessagePage
      icon={<MapPinOff aria-hidden="true" />}
      title="Page not found"
      actions={
        <Button asChild>
          <Link href="/mcp">Back to the overview</Link>
        </Button>
      }
    >
      Nothing lives at this address. It may have been mistyped.
    </MessagePage>
  );
}
