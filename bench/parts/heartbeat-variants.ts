import { requestBytes } from "../load/request-bytes";
import { bundleServer } from "../server/bundle-server";
import { productionEntry } from "../server/start-server";

const BATCH = 100;
const BEAT = { idleMs: 120, inFlight: 0, requests: 1, errors: 0 };

export interface HeartbeatVariant {
  key: "single" | "batch" | "bare" | "next";
  name: string;
  /** Arguments of `node` that start its server. */
  args: readonly string[];
  servesPages: boolean;
  beatsPerRequest: number;
  requests: readonly Buffer[];
}

/** The four ways of recording a heartbeat that are compared, each with one request per session, or batch, in turn. */
export async function heartbeatVariants(sessions: number): Promise<HeartbeatVariant[]> {
  const ids = Array.from({ length: sessions }, (_, index) => `bench-${String(index + 1)}`);
  const single = ids.map((id) => requestBytes("POST", `/api/mcp/sessions/${id}/heartbeat`, { body: BEAT }));
  const batches = Array.from({ length: Math.ceil(sessions / BATCH) }, (_, index) => {
    const beats = ids.slice(index * BATCH, (index + 1) * BATCH).map((id) => ({ id, ...BEAT }));
    return requestBytes("POST", "/api/mcp/heartbeats", { body: { beats } });
  });
  const [bare, next] = await Promise.all([bundleServer("bare-server"), bundleServer("next-router-server")]);
  const holdfast = { args: productionEntry(), servesPages: true };
  return [
    { key: "single", name: "Holdfast, single", ...holdfast, beatsPerRequest: 1, requests: single },
    {
      key: "batch",
      name: `Holdfast, batch of ${String(BATCH)}`,
      ...holdfast,
      beatsPerRequest: BATCH,
      requests: batches,
    },
    {
      key: "bare",
      name: "(a) node:http + better-sqlite3",
      args: [bare],
      servesPages: false,
      beatsPerRequest: 1,
      requests: single,
    },
    {
      key: "next",
      name: "(b) Holdfast through Next",
      args: [next],
      servesPages: true,
      beatsPerRequest: 1,
      requests: single,
    },
  ];
}
