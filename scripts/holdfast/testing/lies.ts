import type { Lie, Said } from "./lying-registry";

export const CREATE = /^POST \/api\/mcp\/sessions$/;
export const SESSION = /^GET \/api\/mcp\/sessions\/(?!health)[^/?]+$/;

/** A lie about the calls that match, such as `GET /api/mcp/sessions`, and the truth about all others. */
export function about(pattern: RegExp, lie: Lie): Lie {
  return (call, ask) => (pattern.test(`${call.method} ${call.path}`) ? lie(call, ask) : ask());
}

/** The registry's own answer with something else in its body. */
export function saying(change: (body: Said["body"]) => object): Lie {
  return async (_, ask) => {
    const said = await ask();
    return said.status < 300 ? { ...said, body: { ...said.body, ...change(said.body) } } : said;
  };
}

/** Says that all is well, without having asked. */
export function nodding(body: Said["body"] = {}): Said {
  return { status: 200, body, headers: { etag: '"1"' } };
}

export function active(): object {
  return { status: "active", health: "healthy", endReason: null };
}

export function expired(): object {
  return { status: "expired", health: null, endReason: "idle_timeout" };
}
