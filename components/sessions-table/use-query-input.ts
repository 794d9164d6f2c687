import { type KeyboardEvent, useState } from "react";
import type { SessionFacets } from "@/lib/contract/session-list";
import { parseQuery } from "@/lib/domain/session-query/parse-query";
import type { QueryProblem } from "@/lib/domain/session-query/query-problem";
import { printTerm } from "@/lib/domain/session-query/print-query";
import type { QueryTerm } from "@/lib/domain/session-query/query-term";
import { completeTerm, type Suggestion } from "@/lib/web/sessions/complete-term";
import { addTerms } from "@/lib/web/sessions/edit-query";

interface QueryInputOptions {
  terms: readonly QueryTerm[];
  onTerms: (terms: readonly QueryTerm[]) => void;
  facets: SessionFacets | undefined;
  /** What the address holds when it cannot be read: to be mended here. */
  broken: string | null;
  onLeave: () => void;
}

/** The term that is being typed: completed by suggestions, taken over by Enter or a space, told what is wrong with it. */
export function useQueryInput({ terms, onTerms, facets, broken, onLeave }: QueryInputOptions) {
  const [shownBroken, setShownBroken] = useState<string | null>(null);
  const [draft, setDraft] = useState("");
  const [problem, setProblem] = useState<QueryProblem | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const [highlighted, setHighlighted] = useState(-1);
  if (broken !== shownBroken) {
    setShownBroken(broken);
    setDraft(broken ?? "");
    setProblem(broken === null ? null : parseQuery(broken).problem);
  }
  const suggestions = isOpen ? completeTerm(draft, facets?.facets) : [];

  const change = (text: string) => {
    const isFinished = text.endsWith(" ") && parseQuery(text).problem === null && text.trim() !== "";
    if (isFinished) commit(text);
    else setDraft(text);
    if (!isFinished) setProblem(null);
    setIsOpen(true);
    setHighlighted(-1);
  };
  const commit = (text: string) => {
    const parsed = parseQuery(text);
    setProblem(parsed.problem);
    if (parsed.terms === null) return;
    setDraft("");
    setIsOpen(false);
    setHighlighted(-1);
    if (parsed.terms.length > 0 || broken !== null) onTerms(addTerms(terms, parsed.terms));
  };
  const take = ({ text, isComplete }: Suggestion) => {
    setHighlighted(-1);
    if (isComplete) commit(text);
    else setDraft(text);
  };
  const edit = (term: QueryTerm) => {
    onTerms(terms.filter((other) => other !== term));
    setDraft(printTerm(term));
  };
  const move = (step: number) => {
    setIsOpen(true);
    const count = suggestions.length + 1;
    setHighlighted(((highlighted + 1 + step + count) % count) - 1);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const isAtStart = event.currentTarget.selectionStart === 0 && event.currentTarget.selectionEnd === 0;
    const suggestion = suggestions[highlighted];
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter" && suggestion) take(suggestion);
    else if (event.key === "Enter") commit(draft);
    else if (event.key === "Escape" && isOpen) setIsOpen(false);
    else if (event.key === "Backspace" && draft === "" && terms.length > 0) onTerms(terms.slice(0, -1));
    else if (event.key === "ArrowLeft" && isAtStart && terms.length > 0) onLeave();
    else return;
    event.preventDefault();
  };
  const onBlur = () => {
    setIsOpen(false);
    if (draft.trim() !== "") commit(draft);
  };
  return {
    draft,
    problem,
    suggestions,
    highlighted,
    change,
    take,
    edit,
    onKeyDown,
    onBlur,
    open: () => {
      setIsOpen(true);
    },
  };
}
