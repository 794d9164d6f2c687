import type { SessionChange } from "@/lib/domain/events";
import type { Statement } from "./statement";
import type { PreparedRun } from "./write-queue";

interface EachOperation<Operation, Result> {
  statementsOf: (operation: Operation) => Statement[];
  /** Reads the answers to one operation's statements, in their order. */
  settle: (answers: readonly unknown[], operation: Operation) => { result: Result; changes?: readonly SessionChange[] };
}

/** A run in which every operation has statements of its own, one operation after the other in the same transaction. */
export function prepareEach<Operation, Result>(
  operations: readonly Operation[],
  { statementsOf, settle }: EachOperation<Operation, Result>,
): PreparedRun<Statement> {
  const groups = operations.map(statementsOf);
  return {
    statements: groups.flat(),
    settle: (answers) => {
      let offset = 0;
      const settled = operations.map((operation, index) => {
        const end = offset + (groups[index]?.length ?? 0);
        const own = answers.slice(offset, end);
        offset = end;
        return settle(own, operation);
      });
      return {
        results: settled.map(({ result }) => result),
        changes: settled.flatMap(({ changes }) => changes ?? []),
      };
    },
  };
}
