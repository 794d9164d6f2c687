import { setTimeout as wait } from "node:timers/promises";
import { HttpConnection } from "../load/http-connection";

const CONNECTIONS = 8;
const TICK_MS = 5;
/** A server that has not answered by then is behind for good. */
const PATIENCE_MS = 2_000;

export interface Paced {
  url: string;
  perSecond: number;
  durationMs: number;
  /** The next request, which is about to be sent. */
  nextRequest: () => Buffer;
}

/** Sends requests at an even pace, whatever the answers take; answers how many. */
export async function sendPaced({ url, perSecond, durationMs, nextRequest }: Paced): Promise<number> {
  const free = await Promise.all(Array.from({ length: CONNECTIONS }, () => HttpConnection.open(url)));
  const all = [...free];
  const answers: Promise<void>[] = [];
  const startedAt = performance.now();
  let sent = 0;
  while (performance.now() - startedAt < durationMs) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * perSecond) - sent;
    for (let index = 0; index < due; index += 1) {
      const connection = takeOpen(free) ?? (await open(url, all));
      sent += 1;
      answers.push(send(connection, nextRequest()).then(() => void free.push(connection)));
    }
    await wait(TICK_MS);
  }
  await Promise.race([Promise.all(answers), wait(PATIENCE_MS)]);
  for (const connection of all) connection.close();
  return sent;
}

/** A server closes what it has not heard from for some seconds. */
function takeOpen(free: HttpConnection[]): HttpConnection | undefined {
  let connection = free.pop();
  while (connection?.isClosed) connection = free.pop();
  return connection;
}

async function open(url: string, all: HttpConnection[]): Promise<HttpConnection> {
  const connection = await HttpConnection.open(url);
  all.push(connection);
  return connection;
}

async function send(connection: HttpConnection, request: Buffer): Promise<void> {
  const { status, body } = await connection.send(request);
  if (status < 200 || status > 299) throw new Error(`Unexpected answer ${String(status)}: ${body}`);
}
