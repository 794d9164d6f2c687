import type { Sizes } from "../options";
import type { Cores } from "../server/cores";

/** What every part of the benchmark is given. */
export interface BenchContext {
  sizes: Sizes;
  cores: Cores | null;
  /** A folder of this run alone. */
  workDir: string;
  /** Tells whoever waits what is being done. */
  progress: (text: string) => void;
}

/** One part of the report. */
export interface PartReport {
  title: string;
  notes: readonly string[];
  tables: readonly string[];
  figures: unknown;
}
