import { formatCount, formatDecimal } from "./format-number";

const KIB = 1024;

/** `412 bytes`, `3.4 KiB`, `256 KiB`, `1.5 MiB` */
export function formatBytes(bytes: number): string {
  if (bytes < KIB) return `${formatCount(bytes)} ${bytes === 1 ? "byte" : "bytes"}`;
  return bytes < KIB * KIB ? `${formatDecimal(bytes / KIB)} KiB` : `${formatDecimal(bytes / KIB / KIB)} MiB`;
}
