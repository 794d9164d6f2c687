import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 12 }, (_, index) => index);

/** Rows that are on their way. */
export function GridSkeleton() {
  return (
    <div aria-hidden="true">
      <div className="h-9 border-b bg-sunken" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-14 items-center gap-6 border-b px-4 sm:h-11">
          <Skeleton className="size-4" />
          <Skeleton className="h-4 w-28" />
          <Skeleton className="hidden h-4 w-24 sm:block" />
          <Skeleton className="hidden h-4 w-32 lg:block" />
          <Skeleton className="ml-auto h-5 w-24 rounded-full sm:ml-0" />
          <Skeleton className="ml-auto hidden h-4 w-20 sm:block" />
        </div>
      ))}
    </div>
  );
}
