import { HoldfastError, isHoldfastError } from "@/lib/domain/errors";

interface DriverCause {
  originalCode?: unknown;
}

/** SQLite's own result code behind an error of Prisma's, such as `SQLITE_BUSY`; null when there is none. */
function sqliteCodeOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null) return null;
  const { meta, cause, code } = error as {
    meta?: { driverAdapterError?: { cause?: DriverCause } };
    cause?: DriverCause;
    code?: unknown;
  };
  const candidates = [meta?.driverAdapterError?.cause?.originalCode, cause?.originalCode, code];
  return candidates.find((value): value is string => typeof value === "string" && value.startsWith("SQLITE_")) ?? null;
}

/** The storage trouble behind an error as a HoldfastError; anything else as it came. */
export function toStorageError(error: unknown): unknown {
  if (isHoldfastError(error)) return error;
  const code = sqliteCodeOf(error);
  if (code === null) return error;
  const cause = { cause: error };
  if (code.startsWith("SQLITE_BUSY") || code.startsWith("SQLITE_LOCKED")) {
    return new HoldfastError("storage_busy", "Another process holds the database; nothing was written.", cause);
  }
  if (code === "SQLITE_FULL") {
    return new HoldfastError("storage_full", "The disk or the database is full; nothing was written.", cause);
  }
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)/.test(code)) {
    return new HoldfastError("storage_unavailable", "The database cannot be used; nothing was written.", cause);
  }
  return error;
}

export function isStorageError(error: unknown): boolean {
  return isHoldfastError(error) && error.code.startsWith("storage_");
}
