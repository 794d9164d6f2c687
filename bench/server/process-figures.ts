import { readFileSync } from "node:fs";

/** What Linux counts processor time in, whatever its own tick is. */
const TICKS_PER_SECOND = 100;

/** Resident memory of a process in bytes; null where the system does not tell. */
export function readRss(pid: number): number | null {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(readProc(pid, "status"))?.[1];
  return kibibytes === undefined ? null : Number(kibibytes) * 1024;
}

/** Processor time that a process has used, in user and kernel mode; null where the system does not tell. */
export function readCpuSeconds(pid: number): number | null {
  // The command name, in parentheses, may hold spaces; utime and stime are the 12th and 13th fields after it.
  const fields = readProc(pid, "stat").split(") ").at(-1)?.split(" ") ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  return Number.isNaN(ticks) ? null : ticks / TICKS_PER_SECOND;
}

function readProc(pid: number, file: "status" | "stat"): string {
  try {
    return readFileSync(`/proc/${String(pid)}/${file}`, "utf8");
  } catch {
    return "";
  }
}
