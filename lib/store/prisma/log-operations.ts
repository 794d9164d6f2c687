import type { LogStore } from "../log-store";
import { findPks, readLog, readLogPosition } from "./reads/read-log";
import type { StoreAccess } from "./store-access";

/** The part of the store that knows the log as a whole. */
export function logOperations({ read }: StoreAccess, onGrowth: (listener: () => void) => void): LogStore {
  return {
    read: (query) => read((client) => readLog(client, query)),
    position: () => read(readLogPosition),
    findPks: (ids) => read((client) => findPks(client, ids)),
    onGrowth,
  };
}
