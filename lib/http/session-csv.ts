import type { Session } from "@/lib/contract/session";

type Cell = string | number | null;

/** What a spreadsheet would take for a formula, also after white space, and in the wide forms that some of them know. */
const FORMULA = /^\s*[=+\-@\t\r＝＋－＠]/;

const COLUMNS: Readonly<Record<string, (session: Session) => Cell>> = {
  id: ({ id }) => id,
  kind: ({ kind }) => kind,
  server: ({ server }) => server,
  serverVersion: ({ serverVersion }) => serverVersion,
  instanceId: ({ instanceId }) => instanceId,
  client: ({ clientInfo }) => textOf(clientInfo?.["name"]),
  clientVersion: ({ clientInfo }) => textOf(clientInfo?.["version"]),
  clientId: ({ clientId }) => clientId,
  principal: ({ principal }) => principal,
  protocolVersion: ({ protocolVersion }) => protocolVersion,
  transport: ({ transport }) => transport,
  status: ({ status }) => status,
  health: ({ health }) => health,
  endReason: ({ endReason }) => endReason,
  endDetail: ({ endDetail }) => endDetail,
  createdAt: ({ createdAt }) => createdAt,
  lastActivityAt: ({ lastActivityAt }) => lastActivityAt,
  endedAt: ({ endedAt }) => endedAt,
  idleMs: ({ idleMs }) => idleMs,
  uptimeMs: ({ uptimeMs }) => uptimeMs,
  requestCount: ({ requestCount }) => requestCount,
  errorCount: ({ errorCount }) => errorCount,
  reconnectCount: ({ reconnectCount }) => reconnectCount,
  messageCount: ({ messageCount }) => messageCount,
  labels: ({ labels }) => (Object.keys(labels).length === 0 ? null : JSON.stringify(labels)),
};

export const CSV_HEADER = toLine(Object.keys(COLUMNS));

export function toCsvLine(session: Session): string {
  return toLine(Object.values(COLUMNS).map((valueOf) => valueOf(session)));
}

function toLine(cells: readonly Cell[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

/** RFC 4180; a client chooses its own name, so a text that could act as a formula is made one that cannot. */
function toCell(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) || text.trim() !== text ? `"${text.replaceAll('"', '""')}"` : text;
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
