import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocket, WebSocketServer } from "ws";

/**
 * What anybody would write first: every text that is posted goes to every viewer. With the argument `gathered` all texts of
 * 100 ms go out as one message. It keeps nothing, filters nothing and looks after nobody who is slow.
 */
const GATHER_MS = process.argv.includes("gathered") ? 100 : null;

const viewers = new WebSocketServer({ noServer: true, perMessageDeflate: false });
let gathered: string[] = [];

function broadcast(message: Buffer): void {
  for (const viewer of viewers.clients) {
    if (viewer.readyState === WebSocket.OPEN) viewer.send(message, { binary: false });
  }
}

function flush(): void {
  if (gathered.length > 0) broadcast(Buffer.from(`{"type":"batch","frames":[${gathered.join(",")}]}`));
  gathered = [];
}

const server = createServer((request, response) => {
  const answer = async (): Promise<void> => {
    const frame = await text(request);
    if (frame !== "" && GATHER_MS === null) broadcast(Buffer.from(frame));
    else if (frame !== "") gathered.push(frame);
    response.writeHead(200, { "content-length": 0 });
    response.end();
  };
  void answer();
});
server.on("upgrade", (request, socket, head) => {
  viewers.handleUpgrade(request, socket, head, (viewer) => {
    viewer.send('{"type":"hello"}');
  });
});
if (GATHER_MS !== null) setInterval(flush, GATHER_MS);

server.listen(0, "127.0.0.1", () => {
  // A TCP server's address is never a string.
  const { port } = server.address() as AddressInfo;
  console.log(`ready at http://127.0.0.1:${String(port)}`);
});
