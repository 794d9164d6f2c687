/** Fails with every difference between an answer and the model. Fields that the model does not name may be anything. */
export function agree(where: string, actual: unknown, expected: unknown): void {
  report(where, differences(actual, expected, { path: "", isWhole: false }));
}

/** The same for answers that must not say more than the model either. */
export function agreeWholly(where: string, actual: unknown, expected: unknown): void {
  report(where, differences(actual, expected, { path: "", isWhole: true }));
}

function report(where: string, found: string[]): void {
  if (found.length > 0) throw new Error([where, ...found].join("\n  "));
}

interface Place {
  path: string;
  isWhole: boolean;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function differences(actual: unknown, expected: unknown, { path, isWhole }: Place): string[] {
  if (!isObject(expected) || !isObject(actual) || Array.isArray(expected) !== Array.isArray(actual)) {
    return Object.is(actual, expected) ? [] : [`${path}: ${show(actual)}, the model says ${show(expected)}`];
  }
  const isWholeHere = isWhole || Array.isArray(expected);
  const names = new Set([...Object.keys(expected), ...(isWholeHere ? Object.keys(actual) : [])]);
  return [...names].flatMap((name) => differences(actual[name], expected[name], { path: `${path}/${name}`, isWhole }));
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
