// @vitest-environment happy-dom
import { afterEach, describe, expect, it } from "vitest";
import { isPaletteKey, keyOf, readsAsShortcut } from "./reads-as-shortcut";

afterEach(() => {
  document.body.innerHTML = "";
});

/** What a press of a key on the first element of some HTML is taken for. */
function pressOn(html: string, init: KeyboardEventInit = { key: "j" }): boolean {
  document.body.innerHTML = html;
  let outcome = false;
  const listen = (event: KeyboardEvent) => (outcome = readsAsShortcut(event));
  window.addEventListener("keydown", listen, { once: true });
  document.body.firstElementChild?.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, ...init }));
  return outcome;
}

describe("a key press", () => {
  it.each(["<p>text</p>", "<button>b</button>", '<input type="checkbox">', '<div contenteditable="false">a</div>'])(
    "is a shortcut on %s",
    (html) => {
      expect(pressOn(html)).toBe(true);
    },
  );

  it.each([
    '<input type="search">',
    "<input>",
    "<textarea></textarea>",
    "<select></select>",
    '<div contenteditable="true">a</div>',
    "<div contenteditable>a</div>",
    '<div role="combobox">a</div>',
  ])("is typing on %s", (html) => {
    expect(pressOn(html)).toBe(false);
  });

  it.each(["ctrlKey", "metaKey", "altKey"])("is none with %s", (modifier) => {
    expect(pressOn("<p>text</p>", { key: "j", [modifier]: true })).toBe(false);
  });

  it("may need the shift key, as ? and / do on many keyboards", () => {
    expect(pressOn("<p>text</p>", { key: "?", shiftKey: true })).toBe(true);
  });

  it.each(["dialog", "alertdialog", "menu"])("belongs to a %s while one is open", (role) => {
    expect(pressOn(`<p>text</p><div role="${role}"></div>`)).toBe(false);
  });

  it("is left alone once something has answered it", () => {
    document.body.innerHTML = "<p>text</p>";
    const event = new KeyboardEvent("keydown", { key: "j", cancelable: true });
    event.preventDefault();
    expect(readsAsShortcut(event)).toBe(false);
  });
});

describe("keys", () => {
  it("are the same with Caps Lock on, and others with shift", () => {
    expect(keyOf(new KeyboardEvent("keydown", { key: "J" }))).toBe("j");
    expect(keyOf(new KeyboardEvent("keydown", { key: "J", shiftKey: true }))).toBe("J");
    expect(keyOf(new KeyboardEvent("keydown", { key: "Enter" }))).toBe("Enter");
  });

  it("open the palette with Ctrl or Command alone", () => {
    expect(isPaletteKey(new KeyboardEvent("keydown", { key: "k", ctrlKey: true }))).toBe(true);
    expect(isPaletteKey(new KeyboardEvent("keydown", { key: "K", metaKey: true }))).toBe(true);
    expect(isPaletteKey(new KeyboardEvent("keydown", { key: "k" }))).toBe(false);
    expect(isPaletteKey(new KeyboardEvent("keydown", { key: "k", ctrlKey: true, shiftKey: true }))).toBe(false);
  });
});
