import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import Database from "better-sqlite3";

/** What anybody would write first: `node:http`, better-sqlite3 and one synchronous durable transaction per heartbeat. */
const database = new Database(join(process.env["HOLDFAST_DATA_DIR"] ?? ".", "holdfast.db"), { fileMustExist: true });
database.pragma("journal_mode = WAL");
database.pragma("synchronous = FULL");

const touch = database.prepare(`
  UPDATE "SessionActivity" SET
    "lastActivityAt" = @at, "lastHeartbeatAt" = @now, "inFlight" = @inFlight, "requestCount" = "requestCount" + @requests,
    "errorCount" = "errorCount" + @errors, "deadlineAt" = @at + "idleTimeoutMs"
  WHERE "sessionPk" = (SELECT "pk" FROM "Session" WHERE "id" = @id) AND "deadlineAt" > @now`);

interface Beat {
  idleMs: number;
  inFlight: number;
  requests: number;
  errors: number;
}

const HEARTBEAT = /^\/api\/mcp\/sessions\/([^/]+)\/heartbeat$/;

function beat(id: string, { idleMs, inFlight, requests, errors }: Beat): boolean {
  const now = Date.now();
  return touch.run({ id, now, at: now - idleMs, inFlight, requests, errors }).changes === 1;
}

const server = createServer((request, response) => {
  const id = HEARTBEAT.exec(request.url ?? "")?.[1];
  const answer = async (): Promise<void> => {
    // Its only client is the benchmark, which sends this shape.
    const isKnown = id === undefined || beat(id, JSON.parse(await text(request)) as Beat);
    const body = JSON.stringify({ ok: isKnown });
    response.writeHead(isKnown ? 200 : 404, {
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    });
    response.end(body);
  };
  void answer();
});

server.listen(0, "127.0.0.1", () => {
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  console.log(`ready at http://127.0.0.1:${String(port)}`);
});
