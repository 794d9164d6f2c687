// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from "vitest";
import { moveRow, openRow, selectRow } from "./table-rows";

const clicks: string[] = [];

beforeEach(() => {
  clicks.length = 0;
  const rows = ["one", "two", "three"].map(
    (id) =>
      `<tr data-row tabindex="-1" id="${id}"><td><input type="checkbox" data-row-select></td><td><a href="#${id}">${id}</a></td></tr>`,
  );
  document.body.innerHTML = `<table><tbody>${rows.join("")}</tbody></table>`;
  for (const link of document.querySelectorAll("a")) {
    link.addEventListener("click", () => clicks.push(link.textContent));
  }
});

const focused = () => document.activeElement?.id;

describe("walking a table", () => {
  it("begins at the first row and stops at the last", () => {
    const seen = [1, 1, 1, 1].map(() => {
      moveRow(1);
      return focused();
    });
    expect(seen).toEqual(["one", "two", "three", "three"]);
    moveRow(-1);
    expect(focused()).toBe("two");
  });

  it("goes on from the row whose control has the focus", () => {
    document.querySelector<HTMLElement>("#two a")?.focus();
    moveRow(1);
    expect(focused()).toBe("three");
  });

  it("opens the row in focus, but leaves Enter to a control in it", () => {
    expect(openRow()).toBe(false);
    moveRow(1);
    expect(openRow()).toBe(true);
    expect(clicks).toEqual(["one"]);
    document.querySelector<HTMLElement>("#one input")?.focus();
    expect(openRow()).toBe(false);
  });

  it("selects the row in focus and lets go of it again", () => {
    const box = document.querySelector<HTMLInputElement>("#two input");
    moveRow(1);
    moveRow(1);
    selectRow();
    expect(box?.checked).toBe(true);
    selectRow();
    expect(box?.checked).toBe(false);
  });

  it("leaves moving to a grid, which holds more rows than are on screen", () => {
    const heard: string[] = [];
    document.querySelector("table")?.setAttribute("role", "grid");
    document.querySelector("tbody")?.addEventListener("keydown", ({ key }) => heard.push(key));
    document.querySelector("#two")?.setAttribute("tabindex", "0");
    moveRow(1);
    expect(focused()).toBe("two");
    moveRow(1);
    moveRow(-1);
    expect(heard).toEqual(["ArrowDown", "ArrowUp"]);
  });

  it("does nothing on a page without rows", () => {
    document.body.innerHTML = "<p>nothing</p>";
    moveRow(1);
    selectRow();
    expect(document.activeElement).toBe(document.body);
  });
});
