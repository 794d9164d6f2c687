import { expect, it } from "vitest";
import { prepareAxis } from "./prepare-axis";

it.each([
  [0, 0, [0, 1]],
  [0, 3, [0, 1, 2, 3]],
  [0, 27, [0, 10, 20, 30]],
  [0, 41, [0, 20, 40, 60]],
  [0, 1_200, [0, 500, 1_000, 1_500]],
  [-17, 44, [-20, 0, 20, 40, 60]],
  [-3, 0, [-3, -2, -1, 0]],
])("covers %d to %d with round whole ticks", (min, max, ticks) => {
  expect(prepareAxis(min, max)).toEqual(ticks);
});
