"use client";

interface SelectBoxProps {
  label: string;
  isChecked: boolean;
  isMixed?: boolean;
  isReachable?: boolean;
  /** Absent where the table listens for all its rows. */
  onToggle?: () => void;
}

export function SelectBox({ label, isChecked, isMixed = false, isReachable = true, onToggle }: SelectBoxProps) {
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={isChecked}
      tabIndex={isReachable ? 0 : -1}
      data-row-select=""
      ref={(input) => {
        if (input) input.indeterminate = isMixed;
      }}
      onChange={() => onToggle?.()}
      className="block size-4 cursor-pointer accent-accent"
    />
  );
}
