import { z } from "zod";
import { SESSION_SORTS, type SessionSort } from "./session-list";

const Cursor = z.tuple([z.enum(SESSION_SORTS), z.enum(["asc", "desc"]), z.int().nullable(), z.int().min(1)]);

interface Order {
  sort: SessionSort;
  order: "asc" | "desc";
}

interface Position {
  value: number | null;
  pk: number;
}

/** Opaque position in a list; carries its order so that it can't be used with another. */
export function encodeCursor({ sort, order, value, pk }: Order & Position): string {
  return btoa(JSON.stringify([sort, order, value, pk]))
    .replace(/=+$/, "")
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

export function decodeCursor(cursor: string, wanted: Order): Position | "invalid" {
  const parsed = Cursor.safeParse(parseBase64Json(cursor));
  if (!parsed.success) return "invalid";
  const [sort, order, value, pk] = parsed.data;
  return sort === wanted.sort && order === wanted.order ? { value, pk } : "invalid";
}

function parseBase64Json(text: string): unknown {
  try {
    return JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/")));
  } catch {
    return undefined;
  }
}
