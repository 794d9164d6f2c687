import { describe, expect, it } from "vitest";
import { matchCommands } from "./match-commands";

const COMMANDS = [
  { label: "Go to the overview", keywords: "health dashboard" },
  { label: "Go to the servers", keywords: "instances drain" },
  { label: "Terminate this session…", keywords: "end kill" },
  { label: "Health check" },
];

const found = (text: string) => matchCommands(COMMANDS, text).map(({ label }) => label);

describe("finding a command", () => {
  it("offers everything while nothing is typed", () => {
    expect(found("  ")).toEqual(COMMANDS.map(({ label }) => label));
  });

  it("goes by the beginnings of words, in any order and case", () => {
    expect(found("SERV go")).toEqual(["Go to the servers"]);
    expect(found("erminate")).toEqual([]);
    expect(found("this session...")).toEqual(["Terminate this session…"]);
  });

  it("knows other words for the same, after those that are named so", () => {
    expect(found("health")).toEqual(["Health check", "Go to the overview"]);
    expect(found("kill sess")).toEqual(["Terminate this session…"]);
  });

  it("finds nothing where one word is missing", () => {
    expect(found("go sessions")).toEqual([]);
  });
});
