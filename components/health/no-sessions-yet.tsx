"use client";

import { RadioTower } from "lucide-react";
import Link from "next/link";
import { SnippetTabs } from "@/components/ui/snippet-tabs";
import { curlSnippet, typescriptSnippet } from "@/lib/web/first-session-snippets";
import { useIsKiosk } from "@/lib/web/use-is-kiosk";
import { useOrigin } from "@/lib/web/use-origin";

interface NoSessionsYetProps {
  /** Within a panel that has a frame already. */
  isFramed?: boolean;
}

/** The way to the first session; the page fills by itself once it has arrived. On a wall nobody could take that way. */
export function NoSessionsYet({ isFramed = false }: NoSessionsYetProps) {
  const isKiosk = useIsKiosk();
  return (
    <section
      aria-labelledby="first-session"
      className={isFramed ? undefined : "rounded-xl border bg-surface shadow-card"}
    >
      <div className="mx-auto max-w-3xl px-4 py-8 sm:px-8 sm:py-12">
        <div className="mb-4 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent">
          <RadioTower aria-hidden="true" className="size-5" />
        </div>
        <h2 id="first-session" className="text-lg font-semibold tracking-tight">
          Waiting for the first session
        </h2>
        <p className="mt-1.5 text-sm leading-relaxed text-ink-soft">
          No MCP server has reported a session to this registry yet.
          {!isKiosk && " Register one to try it out: only the server’s name is needed. It appears here by itself."}
        </p>
        {!isKiosk && <FirstSteps />}
      </div>
    </section>
  );
}

function FirstSteps() {
  const origin = useOrigin();
  return (
    <>
      <div className="mt-6">
        <SnippetTabs
          label="Ways to register a session"
          curl={curlSnippet(origin)}
          typescript={typescriptSnippet(origin)}
        />
      </div>
      <p className="mt-4 text-[0.8125rem] text-ink-soft">
        Heartbeats keep a session active, a DELETE ends it.{" "}
        <Link href="/docs" className="rounded-sm font-medium text-accent underline underline-offset-4">
          See the whole API
        </Link>
      </p>
    </>
  );
}
