"use client";

import { Server } from "lucide-react";
import Link from "next/link";
import { SnippetTabs } from "@/components/ui/snippet-tabs";
import { registerCurlSnippet, registerTypescriptSnippet } from "@/lib/web/first-instance-snippets";
import { useOrigin } from "@/lib/web/use-origin";

/** The way to the first instance; the page fills by itself once it has registered. */
export function NoServersYet() {
  const origin = useOrigin();
  return (
    <section aria-labelledby="first-instance" className="rounded-xl border bg-surface shadow-card">
      <div className="mx-auto max-w-3xl px-4 py-8 sm:px-8 sm:py-12">
        <div className="mb-4 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent">
          <Server aria-hidden="true" className="size-5" />
        </div>
        <h2 id="first-instance" className="text-lg font-semibold tracking-tight">
          Waiting for the first server
        </h2>
        <p className="mt-1.5 text-sm leading-relaxed text-ink-soft">
          No MCP server has registered an instance or reported a session yet. An instance is one server process: while
          its heartbeat renews its lease its sessions are safe, and when it is lost they can be taken up again. It
          appears here by itself.
        </p>
        <div className="mt-6">
          <SnippetTabs
            label="Ways to register an instance"
            curl={registerCurlSnippet(origin)}
            typescript={registerTypescriptSnippet(origin)}
          />
        </div>
        <p className="mt-4 text-[13px] text-ink-soft">
          Sessions name their instance when they are created.{" "}
          <Link href="/docs" className="rounded-sm font-medium text-accent underline underline-offset-4">
            See the whole API
          </Link>
        </p>
      </div>
    </section>
  );
}
