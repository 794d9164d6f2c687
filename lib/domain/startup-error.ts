const BRAND = "StartupError";

/** Why Holdfast cannot start, in words for an operator: printed without a stack trace. */
export class StartupError extends Error {
  override readonly name = BRAND;
}

export function isStartupError(error: unknown): error is StartupError {
  return error instanceof Error && error.name === BRAND;
}
