const RADIUS = 6.5;
const LENGTH = 2 * Math.PI * RADIUS;

interface LeaseRingProps {
  /** 1 is full. */
  ratio: number;
}

/** How much of a lease is left; the words beside it say the same. */
export function LeaseRing({ ratio }: LeaseRingProps) {
  const colour = ratio > 1 / 3 ? "stroke-good-fill" : "stroke-warn-fill";
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="mt-0.5 size-4 shrink-0 -rotate-90">
      <circle cx="8" cy="8" r={RADIUS} fill="none" strokeWidth="3" className="stroke-line" />
      <circle
        cx="8"
        cy="8"
        r={RADIUS}
        fill="none"
        strokeWidth="3"
        strokeDasharray={LENGTH}
        strokeDashoffset={LENGTH * (1 - ratio)}
        className={colour}
      />
    </svg>
  );
}
