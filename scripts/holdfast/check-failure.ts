/** The instance did something else than it should: what a check is there to find. */
export class CheckFailure extends Error {}

/** No answer came: the instance cannot be reached, or takes too long. */
export class NoAnswer extends Error {}

/** The operator has had enough. */
export class Interrupted extends Error {
  constructor() {
    super("interrupted");
  }
}

/** @throws CheckFailure with the message unless the condition holds */
export function must(condition: boolean, message: string | (() => string)): asserts condition {
  if (!condition) throw new CheckFailure(typeof message === "string" ? message : message());
}
