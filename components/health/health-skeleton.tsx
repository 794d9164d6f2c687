import { Skeleton } from "@/components/ui/skeleton";

const PANEL = "rounded-xl border bg-surface shadow-card";

/** The page before its first answer, at the size it will have. */
export function HealthSkeleton() {
  return (
    <div role="status" aria-label="Loading session health" className="space-y-3 sm:space-y-5">
      <div className="grid gap-3 sm:grid-cols-3 sm:gap-5">
        {["active", "disconnected", "total"].map((card) => (
          <div key={card} className={`${PANEL} flex items-center justify-between px-4 py-3 sm:block sm:px-5 sm:py-4`}>
            <Skeleton className="h-4 w-20 max-w-full sm:my-1" />
            <Skeleton className="h-8 w-16 max-w-full sm:mt-1 sm:h-9" />
          </div>
        ))}
      </div>
      <div className="grid gap-3 sm:gap-5 lg:grid-cols-3">
        <div className={`${PANEL} flex flex-col gap-5 p-5 lg:col-span-2`}>
          <Skeleton className="h-4 w-36" />
          <Skeleton className="min-h-80 flex-1" />
        </div>
        <div className="flex flex-col gap-3 sm:gap-5">
          <div className={`${PANEL} space-y-4 p-5`}>
            <Skeleton className="h-4 w-32" />
            <Skeleton className="h-2.5 rounded-full" />
            <Skeleton className="h-16" />
          </div>
          <div className={`${PANEL} space-y-4 p-5`}>
            <Skeleton className="h-4 w-36" />
            {Array.from({ length: 8 }, (_, row) => (
              <Skeleton key={row} className="h-6" />
            ))}
          </div>
        </div>
      </div>
      <div className={`${PANEL} space-y-3 p-5`}>
        <Skeleton className="h-4 w-32" />
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} className="h-7" />
        ))}
      </div>
    </div>
  );
}
