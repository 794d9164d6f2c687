/** What is wrong with a query, and where: `at` counts characters from 0. */
export interface QueryProblem {
  at: number;
  length: number;
  message: string;
}

/** Thrown while a query is read; never leaves the parser. */
export class BadTerm extends Error {
  readonly problem: QueryProblem;

  constructor(problem: QueryProblem) {
    super(problem.message);
    this.problem = problem;
  }
}
