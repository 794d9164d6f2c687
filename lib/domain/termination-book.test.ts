import { describe, expect, it } from "vitest";
import { TerminationBook } from "./termination-book";
import { TerminationJob } from "./termination-job";

const NOW = 1_000_000;

function entryOf(id: string, count = 1) {
  const targets = Array.from({ length: count }, (_, index) => ({ id: `${id}-${String(index)}`, server: "notes" }));
  return {
    job: new TerminationJob({ id, targets, reason: null, perSecond: 1, now: NOW, ttlMs: 60_000 }),
    details: null,
  };
}

const idsIn = (book: TerminationBook<null>) => book.list().map(({ job }) => job.id);

describe("the book of terminations", () => {
  it("lists the latest first", () => {
    const book = new TerminationBook<null>();
    for (const id of ["a", "b", "c"]) book.add(entryOf(id));
    expect(idsIn(book)).toEqual(["c", "b", "a"]);
    expect([book.find("b")?.job.id, book.find("z")]).toEqual(["b", null]);
  });

  it("forgets the oldest that is not running when there are too many", () => {
    const book = new TerminationBook<null>({ maxJobs: 3 });
    const running = entryOf("running", 2);
    book.add(running);
    book.start(running, NOW);
    for (const id of ["b", "c", "d", "e"]) book.add(entryOf(id));
    expect(idsIn(book)).toEqual(["e", "d", "running"]);
  });

  it("forgets as many as it takes for their sessions to fit, but never what came last", () => {
    const book = new TerminationBook<null>({ maxSessions: 10 });
    book.add(entryOf("a", 4));
    book.add(entryOf("b", 4));
    book.add(entryOf("c", 5));
    expect(idsIn(book)).toEqual(["c", "b"]);
    book.add(entryOf("huge", 50));
    expect(idsIn(book)).toEqual(["huge"]);
  });

  it("is busy while as many run as may, and tells of each start", () => {
    const book = new TerminationBook<null>({ maxRunning: 1 });
    const started: string[] = [];
    book.onStart(({ job }) => started.push(job.id));
    const [first, empty] = [entryOf("a"), entryOf("empty", 0)];
    book.add(first);
    book.add(empty);
    book.start(empty, NOW);
    expect([book.isBusy, started]).toEqual([false, []]);
    book.start(first, NOW);
    expect([book.isBusy, started]).toEqual([true, ["a"]]);
    book.stopAll(NOW + 1);
    expect([book.isBusy, first.job.stoppedBy]).toEqual([false, "shutdown"]);
  });
});
