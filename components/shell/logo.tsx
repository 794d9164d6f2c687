/** The mark: a kelp's holdfast, one stem with roots that grip the ground. */
export function Logo() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className="size-7 shrink-0">
      <rect width="32" height="32" rx="8" fill="#4a4bdc" />
      <g fill="none" stroke="#fff" strokeWidth="2.6" strokeLinecap="round" strokeLinejoin="round">
        <path d="M16 5.5v8" />
        <path d="M16 13.5c0 5-2 6-8 7.5v5" />
        <path d="M16 13.5v13" />
        <path d="M16 13.5c0 5 2 6 8 7.5v5" />
      </g>
      <circle cx="16" cy="12.5" r="3.4" fill="#4a4bdc" stroke="#fff" strokeWidth="2.6" />
    </svg>
  );
}
