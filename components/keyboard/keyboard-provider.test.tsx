// @vitest-environment happy-dom
import { QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { AppRouterContext } from "next/dist/shared/lib/app-router-context.shared-runtime";
import { PathnameContext } from "next/dist/shared/lib/hooks-client-context.shared-runtime";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "@/lib/web/create-query-client";
import { aSession } from "@/lib/web/fixtures";
import { usePageCommand } from "@/lib/web/keyboard/page-commands";
import { KeyboardProvider } from "./keyboard-provider";

let visited: string[];
let asked: string[];
let ends: number;

beforeEach(() => {
  [visited, asked, ends] = [[], [], 0];
  localStorage.clear();
  // cmdk keeps the selected line in view and follows its list's height; happy-dom lays nothing out.
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    const sessions = [aSession({ id: "atlas-1" })];
    return Response.json({ sessions, nextCursor: null, generatedAt: "2026-11-20T07:00:00.000Z" });
  });
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const router = {
  ...{ back: () => undefined, forward: () => undefined, refresh: () => undefined, replace: () => undefined },
  ...{ prefetch: () => undefined, bfcacheId: "0", experimental_gesturePush: () => undefined },
  push: (href: string) => void visited.push(href),
};

function SomePage() {
  const run = () => (ends += 1);
  usePageCommand({ id: "end", label: "Terminate this session…", run });
  return (
    <>
      <input aria-label="Reason" />
      <button>A control</button>
    </>
  );
}

function open() {
  render(
    <AppRouterContext value={router}>
      <PathnameContext value="/mcp">
        <QueryClientProvider client={createQueryClient()}>
          <KeyboardProvider>
            <SomePage />
          </KeyboardProvider>
        </QueryClientProvider>
      </PathnameContext>
    </AppRouterContext>,
  );
  return userEvent.setup();
}

describe("shortcuts", () => {
  it("go to pages, but not while somebody types", async () => {
    const user = open();
    await user.keyboard("gsgvgo/");
    expect(visited).toEqual(["/mcp/sessions", "/mcp/servers", "/mcp", "/mcp/sessions"]);
    await user.click(screen.getByLabelText("Reason"));
    await user.keyboard("gs?");
    expect(visited).toHaveLength(4);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("are listed by ?, and can be turned off there for good", async () => {
    const user = open();
    await user.keyboard("?");
    const help = screen.getByRole("dialog", { name: "Keyboard shortcuts" });
    expect(within(help).getByText("Go to the servers")).toBeDefined();
    await user.keyboard("gs");
    expect(visited).toEqual([]);
    await user.click(within(help).getByRole("checkbox", { name: /Shortcuts of a single key/ }));
    await user.keyboard("{Escape}gs?");
    expect(visited).toEqual([]);
    expect(screen.queryByRole("dialog")).toBeNull();
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.getByRole("dialog", { name: "Search" })).toBeDefined();
  });
});

describe("the command palette", () => {
  it("opens and shuts by its key, also while somebody types", async () => {
    const user = open();
    await user.click(screen.getByLabelText("Reason"));
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.getByRole("dialog", { name: "Search" })).toBeDefined();
    await user.keyboard("{Control>}k{/Control}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await waitFor(() => {
      expect(document.activeElement).toBe(screen.getByLabelText("Reason"));
    });
  });

  it("finds pages by other names, and goes there", async () => {
    const user = open();
    await user.keyboard("{Control>}k{/Control}drain{Enter}");
    await waitFor(() => {
      expect(visited).toEqual(["/mcp/servers"]);
    });
  });

  it("finds sessions once the typing pauses, asking once", async () => {
    const user = open();
    await user.keyboard("{Control>}k{/Control}atlas");
    await user.click(await screen.findByRole("option", { name: /atlas-1/ }));
    await waitFor(() => {
      expect(visited).toEqual(["/mcp/sessions/atlas-1"]);
    });
    expect(asked).toEqual(["/api/mcp/sessions?q=atlas&limit=6"]);
  });

  it("says that the registry does not answer, and keeps what it knows itself", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    const user = open();
    await user.keyboard("{Control>}k{/Control}servers");
    expect(await screen.findByText(/Sessions could not be searched/)).toBeDefined();
    expect(screen.getByRole("option", { name: /^Servers/ })).toBeDefined();
  });

  it("does what the page in view offers, after it has gone itself", async () => {
    const user = open();
    await user.keyboard("{Control>}k{/Control}term{Enter}");
    await waitFor(() => {
      expect(ends).toBe(1);
    });
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
