/** Figures read the same for every viewer and on the server: thin grouping, decimal point. */
const whole = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const decimal = new Intl.NumberFormat("en", { maximumFractionDigits: 1 });

export function formatCount(value: number): string {
  return whole.format(value);
}

export function formatDecimal(value: number): string {
  return decimal.format(value);
}

/** A part of a whole as per cent; never "0 %" for something nor "100 %" for less than all. Null without a whole. */
export function formatShare(part: number, total: number): string | null {
  if (total === 0) return null;
  if (part > 0 && part * 100 < total) return "<1%";
  if (part < total && part * 100 > total * 99) return ">99%";
  return `${whole.format((part / total) * 100)}%`;
}

export function pluralize(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;
}
