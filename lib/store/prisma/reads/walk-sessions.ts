import { setImmediate } from "node:timers/promises";
import type { Client } from "../connection";
import { Prisma } from "../generated/client";

/** Sessions in the order of an index: of their keys, or of their ends. */
export interface Strand {
  key: "pk" | "endedAt";
  /** A prefix of the index to stay within; the whole of it when absent. */
  within?: Prisma.Sql;
}

export interface Walk {
  strand: Strand;
  order: "asc" | "desc";
  /** Begins after this position. */
  after: Position | null;
}

export interface Position {
  value: number;
  pk: number;
}

interface Window {
  /** Admits the rows of the window. */
  condition: Prisma.Sql;
  /** The most rows that it can hold. */
  size: number;
  /** Its last position; null in the last window. */
  end: Position | null;
}

/** The first window is small, for the many questions that it answers; the largest takes some milliseconds. */
const FIRST_WINDOW = 500;
const LARGEST_WINDOW = 4_000;

/**
 * Windows over a strand, one after the other, each small enough to be read at a stretch. SQLite answers on the event loop:
 * between two windows everybody else gets a turn.
 */
export async function* walkSessions(client: Client, { strand, order, after }: Walk): AsyncGenerator<Window> {
  let from = after;
  for (let size = FIRST_WINDOW; ; size = Math.min(size * 2, LARGEST_WINDOW)) {
    const end = await findEnd(client, { strand, order, after: from }, size);
    yield { condition: windowCondition(strand, { order, from, end }), size, end };
    if (end === null) return;
    from = end;
    await setImmediate();
  }
}

async function findEnd(client: Client, { strand, order, after }: Walk, size: number): Promise<Position | null> {
  const column = columnOf(strand);
  const direction = directionOf(order);
  const [row] = await client.$queryRaw<{ value: number | bigint; pk: number | bigint }[]>`
    SELECT ${column} AS "value", s."pk" FROM "Session" s
    WHERE ${windowCondition(strand, { order, from: after, end: null })}
    ORDER BY ${column} ${direction}, s."pk" ${direction} LIMIT 1 OFFSET ${size - 1}`;
  return row ? { value: Number(row.value), pk: Number(row.pk) } : null;
}

export function directionOf(order: Walk["order"]): Prisma.Sql {
  return order === "asc" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
}

/** Whether a position comes after another. */
export function laterSign(order: Walk["order"]): Prisma.Sql {
  return order === "asc" ? Prisma.sql`>` : Prisma.sql`<`;
}

interface Bounds {
  order: "asc" | "desc";
  from: Position | null;
  end: Position | null;
}

function windowCondition(strand: Strand, { order, from, end }: Bounds): Prisma.Sql {
  const [later, until] = order === "asc" ? [Prisma.sql`>`, Prisma.sql`<=`] : [Prisma.sql`<`, Prisma.sql`>=`];
  const conditions = [
    ...(strand.within ? [strand.within] : []),
    ...(strand.key === "endedAt" ? [Prisma.sql`s."endedAt" IS NOT NULL`] : []),
    ...(from ? [comparePosition(strand, later, from)] : []),
    ...(end ? [comparePosition(strand, until, end)] : []),
  ];
  return conditions.length === 0 ? Prisma.sql`1 = 1` : Prisma.join(conditions, " AND ");
}

function comparePosition(strand: Strand, sign: Prisma.Sql, { value, pk }: Position): Prisma.Sql {
  if (strand.key === "pk") return Prisma.sql`s."pk" ${sign} ${pk}`;
  return Prisma.sql`(s."endedAt", s."pk") ${sign} (${value}, ${pk})`;
}

function columnOf({ key }: Strand): Prisma.Sql {
  return key === "pk" ? Prisma.sql`s."pk"` : Prisma.sql`s."endedAt"`;
}
