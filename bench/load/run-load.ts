import { HttpConnection } from "./http-connection";

export interface LoadOptions {
  url: string;
  connections: number;
  /** No new request starts after this; those under way are waited for. */
  durationMs: number;
  /** The next request to send on whichever connection is free; null when there are no more. */
  nextRequest: () => Buffer | null;
}

export interface LoadResult {
  answered: number;
  seconds: number;
  /** Of each request, in no particular order. */
  latenciesMs: number[];
  /** Share of one core that the load generator used itself. */
  generatorLoad: number;
}

/** A closed loop of keep-alive connections with one request each; any answer but a 2xx is an error. */
export async function runLoad({ url, connections, durationMs, nextRequest }: LoadOptions): Promise<LoadResult> {
  const open = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(url)));
  const latenciesMs: number[] = [];
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  const endsAt = startedAt + durationMs;

  const loop = async (connection: HttpConnection): Promise<void> => {
    for (let sentAt = performance.now(); sentAt < endsAt;) {
      const request = nextRequest();
      if (request === null) return;
      const { status, body } = await connection.send(request);
      const answeredAt = performance.now();
      if (status < 200 || status > 299) throw new Error(`Unexpected answer ${String(status)}: ${body}`);
      latenciesMs.push(answeredAt - sentAt);
      sentAt = answeredAt;
    }
  };

  try {
    await Promise.all(open.map(loop));
  } finally {
    for (const connection of open) connection.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    answered: latenciesMs.length,
    seconds,
    latenciesMs,
    generatorLoad: (user + system) / 1_000_000 / seconds,
  };
}
