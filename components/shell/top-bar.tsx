import Link from "next/link";
import { PaletteButton } from "@/components/keyboard/palette-button";
import { Logo } from "./logo";
import { NavLink } from "./nav-link";
import { ThemeToggle } from "./theme-toggle";

export function TopBar() {
  return (
    <header className="sticky top-0 z-40 border-b bg-surface/85 backdrop-blur-md">
      <a
        href="#content"
        className="sr-only rounded-md bg-accent text-sm font-medium text-accent-ink focus:not-sr-only focus:absolute focus:top-2.5 focus:left-3 focus:z-50 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <div className="mx-auto flex h-14 max-w-[100rem] items-center gap-3 px-4 sm:gap-6 sm:px-6 lg:px-8">
        <Link
          href="/mcp"
          className="-m-1 flex items-center gap-2.5 rounded-md p-1"
          aria-label="Holdfast, to the overview"
        >
          <Logo />
          <span className="hidden text-[15px] font-semibold tracking-tight md:inline">Holdfast</span>
        </Link>
        <nav aria-label="Main" className="flex items-center sm:gap-1">
          <NavLink href="/mcp" isExact>
            Overview
          </NavLink>
          <NavLink href="/mcp/sessions">Sessions</NavLink>
          <NavLink href="/mcp/servers">Servers</NavLink>
          {/* Nobody programs on a phone; the search leads there as well. */}
          <span className="hidden sm:contents">
            <NavLink href="/docs">API</NavLink>
          </span>
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <PaletteButton />
          <ThemeToggle />
        </div>
      </div>
    </header>
  );
}
