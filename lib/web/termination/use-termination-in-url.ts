import { parseAsString, useQueryState } from "nuqs";
import { useCallback } from "react";

/** The plan or job on screen, by the page's address; null for none. */
export function useTerminationInUrl(): [id: string | null, show: (id: string | null) => void] {
  const [id, setId] = useQueryState("termination", parseAsString);
  const show = useCallback(
    (next: string | null) => {
      void setId(next);
    },
    [setId],
  );
  return [id, show];
}
