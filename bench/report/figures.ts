const MEBIBYTE = 1024 * 1024;

export function whole(value: number): string {
  return Math.round(value).toLocaleString("en-US");
}

export function milliseconds(value: number): string {
  if (value >= 100) return whole(value);
  return value.toFixed(value >= 10 ? 1 : 2);
}

export function ratio(value: number): string {
  return `${value.toFixed(value >= 10 ? 1 : 2)}×`;
}

export function mebibytes(bytes: number | null): string {
  return bytes === null ? "?" : (bytes / MEBIBYTE).toFixed(1);
}
