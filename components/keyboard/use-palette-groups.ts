import {
  BookOpen,
  Keyboard,
  LayoutDashboard,
  Link2,
  List,
  Monitor,
  Moon,
  Pause,
  Play,
  Server,
  Sun,
  Tv,
  Zap,
} from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { copyText } from "@/lib/web/copy-text";
import { usePageCommands } from "@/lib/web/keyboard/page-commands";
import { useMcpWebSocket } from "@/lib/web/use-mcp-web-socket";
import { useNotify } from "@/lib/web/use-notify";
import { useOpenLayer } from "./keyboard-context";
import type { PaletteCommand, PaletteGroup } from "./palette-command";

/** Everything the palette offers besides sessions. */
export function usePaletteGroups(): readonly PaletteGroup[] {
  return [
    { heading: "Go to", commands: usePages() },
    { heading: "On this page", commands: useActions() },
    { heading: "Looks and keys", commands: useSettings() },
  ];
}

function usePages(): readonly PaletteCommand[] {
  const router = useRouter();
  const goTo = (href: string) => () => {
    router.push(href);
  };
  return [
    {
      ...{ id: "overview", label: "Overview", keywords: "session health dashboard home", Icon: LayoutDashboard },
      ...{ shortcut: "overview", run: goTo("/mcp") },
    },
    {
      ...{ id: "sessions", label: "Sessions", keywords: "list table filter", Icon: List },
      ...{ shortcut: "sessions", run: goTo("/mcp/sessions") },
    },
    {
      ...{ id: "servers", label: "Servers", keywords: "instances processes leases drain", Icon: Server },
      ...{ shortcut: "servers", run: goTo("/mcp/servers") },
    },
    { id: "docs", label: "API reference", keywords: "docs openapi http", Icon: BookOpen, run: goTo("/docs") },
    { id: "kiosk", label: "Kiosk view", keywords: "wall screen tv full", Icon: Tv, run: goTo("/mcp?kiosk=1") },
  ];
}

function useActions(): readonly PaletteCommand[] {
  const notify = useNotify();
  const { phase, isPaused, pause, resume } = useMcpWebSocket();
  const updates = isPaused
    ? { id: "resume", label: "Resume updates", keywords: "live continue", Icon: Play, run: resume }
    : { id: "pause", label: "Pause updates", keywords: "live hold stop", Icon: Pause, run: pause };
  const ofPage = usePageCommands().map((command) => ({ Icon: Zap, ...command }));
  const copyLink = async () => {
    if (await copyText(window.location.href)) notify.success("Link copied");
    else notify.error("The link could not be copied", "The browser does not allow it here.");
  };
  return [
    ...ofPage,
    ...(phase === "off" ? [] : [updates]),
    {
      ...{ id: "copy-link", label: "Copy a link to this page", keywords: "share url address", Icon: Link2 },
      run: () => void copyLink(),
    },
  ];
}

function useSettings(): readonly PaletteCommand[] {
  const { setTheme } = useTheme();
  const openLayer = useOpenLayer();
  const choose = (theme: string) => () => {
    setTheme(theme);
  };
  return [
    { id: "light", label: "Light theme", keywords: "colour color bright", Icon: Sun, run: choose("light") },
    { id: "dark", label: "Dark theme", keywords: "colour color night", Icon: Moon, run: choose("dark") },
    { id: "system", label: "Theme of the system", keywords: "colour color auto", Icon: Monitor, run: choose("system") },
    {
      ...{ id: "help", label: "Keyboard shortcuts", keywords: "help keys hotkeys turn off", Icon: Keyboard },
      ...{
        shortcut: "help",
        run: () => {
          openLayer("help");
        },
      },
    },
  ];
}
