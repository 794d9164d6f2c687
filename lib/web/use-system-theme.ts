import { useTheme } from "next-themes";
import { useEffect, useEffectEvent } from "react";

/** Follows the system's theme while this is on screen, and the viewer's own choice again afterwards. */
export function useSystemTheme(isWanted: boolean): void {
  const { theme, setTheme } = useTheme();
  const change = useEffectEvent((to: string): string | undefined => {
    if (theme !== to) setTheme(to);
    return theme;
  });
  useEffect(() => {
    if (!isWanted) return;
    const chosen = change("system");
    return () => {
      if (chosen !== undefined) change(chosen);
    };
  }, [isWanted]);
}
