import { LiveFrame, SingleFrame } from "@/lib/contract/live";
import { parseLeniently } from "../parse-leniently";

const KNOWN_TYPES: ReadonlySet<string> = new Set(LiveFrame.options.map(({ shape }) => shape.type.value));

/** A frame as far as this page understands it: the registry may be newer. */
export interface ReceivedFrame {
  type: string;
  /** Null when it has none. */
  seq: number | null;
  /** Null when it cannot be read. */
  frame: SingleFrame | null;
  /** Whether it tells something that this page should know; frames of other types are not for it. */
  isKnownType: boolean;
}

/** The frames of a message; null when that is none of the feed. */
export function readFrames(message: unknown): ReceivedFrame[] | null {
  const body = parseJson(message);
  const frames = isBatch(body) ? body.frames : [body];
  return frames.every(hasType) ? frames.map(readFrame) : null;
}

function readFrame(body: Typed): ReceivedFrame {
  const { type, seq } = body;
  const isKnownType = KNOWN_TYPES.has(type);
  const frame = isKnownType ? parseLeniently(SingleFrame, body).data : undefined;
  return { type, seq: isPosition(seq) ? seq : null, frame: frame ?? null, isKnownType };
}

function isPosition(seq: unknown): seq is number {
  return Number.isSafeInteger(seq) && Number(seq) >= 0;
}

function parseJson(message: unknown): unknown {
  if (typeof message !== "string") return null;
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

interface Typed {
  type: string;
  seq?: unknown;
}

function hasType(body: unknown): body is Typed {
  return typeof body === "object" && body !== null && "type" in body && typeof body.type === "string";
}

function isBatch(body: unknown): body is { frames: unknown[] } {
  return hasType(body) && body.type === "batch" && "frames" in body && Array.isArray(body.frames);
}
