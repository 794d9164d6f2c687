import { Skeleton } from "@/components/ui/skeleton";

/** The page before its first answer, at the size it will have. */
export function ServersSkeleton() {
  return (
    <div role="status" aria-label="Loading servers" className="space-y-3 sm:space-y-5">
      {["first", "second"].map((card) => (
        <div key={card} className="rounded-xl border bg-surface p-4 shadow-card sm:px-5">
          <Skeleton className="h-4 w-32" />
          <Skeleton className="mt-2 h-4 w-48" />
          {["first", "second"].map((row) => (
            <div key={row} className="mt-4 space-y-3 border-t pt-4">
              <Skeleton className="h-6 w-64 max-w-full" />
              <Skeleton className="h-4 w-[36rem] max-w-full" />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
