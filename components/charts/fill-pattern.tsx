import type { Fill, PatternKind } from "./fills";

interface PatternMarksProps {
  kind: PatternKind;
  colour: string;
}

/** Drawn over a fill, so that it is told by its texture where colours look alike. */
function PatternMarks({ kind, colour }: PatternMarksProps) {
  if (kind === "dots") return <circle cx="3" cy="3" r="1.3" fill={colour} />;
  const stripe = "M-1 1 L1 -1 M0 6 L6 0 M5 7 L7 5";
  const counter = "M-1 5 L1 7 M0 0 L6 6 M5 -1 L7 1";
  if (kind === "solid") return null;
  return (
    <path d={kind === "stripes" ? stripe : `${stripe} ${counter}`} stroke={colour} strokeWidth="1.2" fill="none" />
  );
}

interface FillPatternProps {
  id: string;
  fill: Fill;
}

/** Goes into the `defs` of a drawing that fills something with `url(#id)`. */
export function FillPattern({ id, fill: { colour, mark, kind } }: FillPatternProps) {
  return (
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse">
      <rect width="6" height="6" fill={colour} />
      <PatternMarks kind={kind} colour={mark} />
    </pattern>
  );
}

interface SwatchProps {
  fill: Fill;
}

/** What a fill looks like, beside its name. */
export function Swatch({ fill: { colour, mark, edge, kind } }: SwatchProps) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className="size-[0.7rem] shrink-0 rounded-[3px]">
      <rect width="12" height="12" fill={colour} />
      {[0, 6].flatMap((x) =>
        [0, 6].map((y) => (
          <g key={`${String(x)} ${String(y)}`} transform={`translate(${String(x)} ${String(y)})`}>
            <PatternMarks kind={kind} colour={mark} />
          </g>
        )),
      )}
      <rect x="0.5" y="0.5" width="11" height="11" rx="2.5" fill="none" stroke={edge} />
    </svg>
  );
}
