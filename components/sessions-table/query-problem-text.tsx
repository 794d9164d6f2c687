import type { QueryProblem } from "@/lib/domain/session-query/query-problem";

interface QueryProblemTextProps {
  id: string;
  text: string;
  problem: QueryProblem;
}

/** What is wrong with what was typed, and where. */
export function QueryProblemText({ id, text, problem: { at, length, message } }: QueryProblemTextProps) {
  return (
    <p id={id} role="alert" className="mt-1.5 px-1 text-[13px] text-bad">
      <span className="font-mono wrap-anywhere">
        {text.slice(0, at)}
        <mark className="bg-bad-soft text-bad underline decoration-wavy underline-offset-4">
          {text.slice(at, at + length) || "\u00a0"}
        </mark>
        {text.slice(at + length)}
      </span>
      : {message}.
    </p>
  );
}
