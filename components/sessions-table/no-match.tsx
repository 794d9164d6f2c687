import { SearchX } from "lucide-react";
import { NoSessionsYet } from "@/components/health/no-sessions-yet";
import { Button } from "@/components/ui/button";

interface NoMatchProps {
  /** Whether there is a query; without one there are no sessions at all. */
  isFiltered: boolean;
  isReadable: boolean;
  onClear: () => void;
}

/** No rows: no sessions yet, none that the query finds, or a query that nobody can read. */
export function NoMatch({ isFiltered, isReadable, onClear }: NoMatchProps) {
  if (!isFiltered) return <NoSessionsYet isFramed />;
  return (
    <div className="flex flex-col items-center px-6 py-16 text-center">
      <div className="mb-4 grid size-11 place-items-center rounded-xl bg-sunken text-ink-soft">
        <SearchX aria-hidden="true" className="size-5" />
      </div>
      <p className="text-base font-semibold tracking-tight">
        {isReadable ? "No session matches" : "This filter cannot be read"}
      </p>
      <p className="mt-1.5 max-w-prose text-sm text-balance text-ink-soft">
        {isReadable
          ? "All terms must be true of a session. Text without a field is looked for in id, server, client and principal."
          : "Mend it above: what is wrong is marked there."}
      </p>
      <Button variant="secondary" className="mt-5" onClick={onClear}>
        Clear the filter
      </Button>
    </div>
  );
}
