import type { SessionSort } from "@/lib/contract/session-list";

interface ColumnFacts {
  label: string;
  widthPx: number;
  isShownAtFirst: boolean;
  /** By what the list can be ordered with it. */
  sort?: SessionSort;
  isFigure?: boolean;
}

/** The columns that an operator can choose from, in their order; the session itself is always there. */
export const SESSION_COLUMNS = {
  server: { label: "Server", widthPx: 112, isShownAtFirst: true },
  client: { label: "Client", widthPx: 132, isShownAtFirst: true },
  status: { label: "Status", widthPx: 124, isShownAtFirst: true },
  reason: { label: "Ended by", widthPx: 128, isShownAtFirst: true },
  lastActivity: { label: "Last activity", widthPx: 116, isShownAtFirst: true, sort: "lastActivityAt" },
  created: { label: "Created", widthPx: 116, isShownAtFirst: true, sort: "createdAt" },
  ended: { label: "Ended", widthPx: 124, isShownAtFirst: false, sort: "endedAt" },
  uptime: { label: "Uptime", widthPx: 116, isShownAtFirst: false, isFigure: true },
  requests: { label: "Requests", widthPx: 80, isShownAtFirst: true, isFigure: true },
  errors: { label: "Errors", widthPx: 64, isShownAtFirst: true, isFigure: true },
  principal: { label: "Principal", widthPx: 140, isShownAtFirst: false },
  protocol: { label: "Protocol", widthPx: 112, isShownAtFirst: false },
  instance: { label: "Instance", widthPx: 140, isShownAtFirst: false },
  reconnects: { label: "Reconnects", widthPx: 104, isShownAtFirst: false, isFigure: true },
  messages: { label: "Messages", widthPx: 96, isShownAtFirst: false, isFigure: true },
  labels: { label: "Labels", widthPx: 220, isShownAtFirst: false },
} as const satisfies Record<string, ColumnFacts>;

export type SessionColumnId = keyof typeof SESSION_COLUMNS;

// The keys of a literal are its own.
export const SESSION_COLUMN_IDS = Object.keys(SESSION_COLUMNS) as SessionColumnId[];
export const DEFAULT_COLUMNS = SESSION_COLUMN_IDS.filter((id) => SESSION_COLUMNS[id].isShownAtFirst);

export function columnFacts(id: SessionColumnId): ColumnFacts {
  return SESSION_COLUMNS[id];
}

/** The columns in their own order, with one more or less. */
export function toggleColumn(shown: readonly SessionColumnId[], id: SessionColumnId): SessionColumnId[] {
  return SESSION_COLUMN_IDS.filter((known) => shown.includes(known) !== (known === id));
}
