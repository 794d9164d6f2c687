import { formatCount } from "@/lib/web/format-number";
import type { RankingRow } from "@/lib/web/prepare-ranking";

interface RankingTableProps {
  caption: string;
  noun: string;
  rows: readonly RankingRow[];
}

const CELL = "px-2 first:pl-4 last:pr-4 sm:first:pl-5 sm:last:pr-5";
const HEADER = `${CELL} pb-1 text-xs font-medium text-ink-soft`;

export function RankingTable({ caption, noun, rows }: RankingTableProps) {
  if (rows.length === 0)
    return <p className="px-4 text-[0.8125rem] text-ink-soft sm:px-5">No session in this range.</p>;
  return (
    <table className="w-full table-fixed text-[0.8125rem]">
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          <th scope="col" className={`${HEADER} text-left`}>
            {noun}
          </th>
          <th scope="col" className={`${HEADER} w-16 text-right`}>
            Active
          </th>
          <th scope="col" className={`${HEADER} w-21 text-right`}>
            Started
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, label, isPlaceholder, active, started, ratio }) => (
          <tr key={key}>
            <th scope="row" className={`${CELL} py-1 text-left font-normal`}>
              <span title={label} className={isPlaceholder ? "block truncate text-ink-soft" : "block truncate"}>
                {label}
              </span>
              <span aria-hidden="true" className="mt-0.5 block h-1 rounded-full bg-sunken">
                <span
                  className={`block h-full rounded-full ${isPlaceholder ? "bg-quiet-fill" : "bg-accent"}`}
                  style={{ width: `${String(ratio * 100)}%` }}
                />
              </span>
            </th>
            <td className={`${CELL} py-1 text-right font-medium`}>{formatCount(active)}</td>
            <td className={`${CELL} py-1 text-right text-ink-soft`}>{formatCount(started)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
