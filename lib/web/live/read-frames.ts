import { SingleFrame } from "@/lib/contract/live";

const KNOWN_TYPES: ReadonlySet<unknown> = new Set(SingleFrame.options.map(({ shape }) => shape.type.value));

/** The frames of a message, without those of types that this page is too old for; null when it is not as agreed. */
export function readFrames(message: unknown): SingleFrame[] | null {
  const body = parseJson(message);
  const frames: SingleFrame[] = [];
  for (const each of isBatch(body) ? body.frames : [body]) {
    if (!hasType(each)) return null;
    if (!KNOWN_TYPES.has(each.type)) continue;
    const parsed = SingleFrame.safeParse(each);
    if (!parsed.success) return null;
    frames.push(parsed.data);
  }
  return frames;
}

function parseJson(message: unknown): unknown {
  if (typeof message !== "string") return null;
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

function hasType(body: unknown): body is { type: unknown } {
  return typeof body === "object" && body !== null && "type" in body;
}

function isBatch(body: unknown): body is { frames: unknown[] } {
  return hasType(body) && body.type === "batch" && "frames" in body && Array.isArray(body.frames);
}
