import { useEffect } from "react";
import { markTitle } from "./mark-title";
import type { Trouble } from "./prepare-trouble";
import { troubleIconUrl } from "./trouble-icon";

/** Shows trouble where it is seen from another tab: in front of the title and on the icon. */
export function useTroubleSigns(trouble: Trouble | null): void {
  const { kind, mark } = trouble ?? { kind: null, mark: null };
  useEffect(() => {
    const show = () => {
      const title = markTitle(document.title, mark);
      if (title !== document.title) document.title = title;
      for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) showOn(link, kind);
    };
    show();
    // Every page brings its own title, and may bring its own links.
    const observer = new MutationObserver(show);
    observer.observe(document.head, { childList: true, subtree: true, characterData: true });
    return () => {
      observer.disconnect();
    };
  }, [kind, mark]);
}

function showOn(link: HTMLLinkElement, kind: Trouble["kind"] | null): void {
  const own = (link.dataset["ownHref"] ??= link.getAttribute("href") ?? "");
  const wanted = kind === null ? own : troubleIconUrl(kind);
  if (link.getAttribute("href") !== wanted) link.setAttribute("href", wanted);
}
