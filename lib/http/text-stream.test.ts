import { describe, expect, it, vi } from "vitest";
import type { EventSink } from "./api-exchange";
import { textStream } from "./text-stream";

async function* pages(...texts: string[][]): AsyncGenerator<string[]> {
  yield* texts;
}

/** A client that takes what it is sent only when the test lets it. */
function client() {
  const taken: ((isThere: boolean) => void)[] = [];
  const sent: string[] = [];
  let ending: "ended" | "failed" | null = null;
  const sink: EventSink = {
    write: (text) => sent.push(text),
    ready: () => new Promise((resolve) => taken.push(resolve)),
    end: () => {
      ending = "ended";
    },
    fail: () => {
      ending = "failed";
    },
  };
  const take = async (isThere = true) => {
    await vi.waitFor(() => {
      expect(taken).not.toHaveLength(0);
    });
    taken.shift()?.(isThere);
  };
  return { sink, sent, take, ending: () => ending };
}

const calm = { isServing: () => true, onError: () => undefined };

describe("a stream of text", () => {
  it("sends no more than the client takes, and ends with the last line", async () => {
    const { sink, sent, take, ending } = client();
    const long = "x".repeat(40_000);
    textStream(pages([long, long], ["end"]), calm)(sink);
    for (const count of [1, 2, 3]) {
      await vi.waitFor(() => {
        expect(sent).toHaveLength(count);
      });
      await take();
    }
    await vi.waitFor(() => {
      expect(ending()).toBe("ended");
    });
    expect(sent.join("")).toBe(`${long}${long}end`);
  });

  it("stops reading when the client has gone", async () => {
    const read = vi.fn();
    async function* endless(): AsyncGenerator<string[]> {
      for (;;) {
        read();
        yield ["line"];
      }
    }
    const { sink, take, ending } = client();
    textStream(endless(), calm)(sink);
    await take();
    await take(false);
    await Promise.resolve();
    expect(read.mock.calls.length).toBe(2);
    expect(ending()).toBeNull();
  });

  it("breaks off when its source fails, and when the process stops", async () => {
    async function* failing(): AsyncGenerator<string[]> {
      yield ["one"];
      throw new Error("the disk is gone");
    }
    const onError = vi.fn();
    const one = client();
    textStream(failing(), { ...calm, onError })(one.sink);
    await one.take();
    await vi.waitFor(() => {
      expect(one.ending()).toBe("failed");
    });
    expect(onError).toHaveBeenCalledOnce();
    const other = client();
    textStream(pages(["a"], ["b"]), { ...calm, isServing: () => false })(other.sink);
    await other.take();
    await vi.waitFor(() => {
      expect(other.ending()).toBe("failed");
    });
    expect(other.sent).toEqual(["a"]);
  });
});
