import type { CommandOutcome } from "@/lib/domain/command";
import type { EndReason, SessionStatus } from "@/lib/domain/session";
import type { CommandAnswerRecord, SessionEndRecord } from "../../termination-store";
import type { Client } from "../connection";

type Integer = number | bigint;

interface EndRow {
  id: string;
  status: string;
  endReason: string | null;
  endDetail: string | null;
  endedAt: Integer | null;
  isCommanded: Integer;
  answer: string | null;
}

export async function readEnds(client: Client, ids: readonly string[]): Promise<SessionEndRecord[]> {
  const rows = await client.$queryRaw<EndRow[]>`
    SELECT s."id", s."status", s."endReason", s."endDetail", s."endedAt",
      EXISTS (SELECT 1 FROM "Command" c WHERE c."sessionPk" = s."pk") AS "isCommanded",
      (SELECT e."data" FROM "SessionEvent" e WHERE e."sessionPk" = s."pk" AND +e."type" = 'command_acknowledged'
        ORDER BY e."seq" DESC LIMIT 1) AS "answer"
    FROM json_each(${JSON.stringify(ids)}) j JOIN "Session" s ON s."id" = j.value`;
  // The columns hold what was written from closed sets.
  return rows.map(({ answer, isCommanded, endedAt, status, endReason, ...row }) => ({
    ...row,
    status: status as SessionStatus,
    endReason: endReason as EndReason | null,
    endedAt: endedAt === null ? null : Number(endedAt),
    isCommanded: Number(isCommanded) === 1,
    answer: answer === null ? null : toAnswer(answer),
  }));
}

function toAnswer(data: string): CommandAnswerRecord {
  const { outcome, detail, elapsedMs, instanceId, pid } = JSON.parse(data) as Partial<CommandAnswerRecord> & {
    outcome: CommandOutcome;
  };
  return {
    outcome,
    detail: detail ?? null,
    elapsedMs: typeof elapsedMs === "number" ? Math.max(0, elapsedMs) : null,
    instanceId: instanceId ?? null,
    pid: pid ?? null,
  };
}

export async function lastEventSeq(client: Client): Promise<number> {
  const [row] = await client.$queryRaw<{ seq: Integer | null }[]>`SELECT max("seq") AS "seq" FROM "SessionEvent"`;
  return Number(row?.seq ?? 0);
}

/** Short enough not to hold up anything else. */
const STRETCH = 5_000;

/** A server without the session has dropped it too; one that failed has not. */
export async function listAcknowledged(client: Client, afterSeq: number): Promise<{ ids: string[]; seq: number }> {
  const seq = Math.min(afterSeq + STRETCH, await lastEventSeq(client));
  const rows = await client.$queryRaw<{ id: string }[]>`
    SELECT s."id" FROM "SessionEvent" e JOIN "Session" s ON s."pk" = e."sessionPk"
    WHERE e."seq" > ${afterSeq} AND e."seq" <= ${seq} AND +e."type" = 'command_acknowledged'
      AND e."data" ->> 'outcome' <> 'failed'`;
  return { ids: rows.map(({ id }) => id), seq: Math.max(afterSeq, seq) };
}
