import type { APIRequestContext, Page } from "@playwright/test";
import { expectAccessible, SCHEMES } from "./support/axe";
import { expect, test } from "./support/test";

const ID = "content-1";

/** Writes what an MCP server would. */
async function patchState(request: APIRequestContext, patch: Record<string, unknown>): Promise<void> {
  const response = await request.patch(`/api/mcp/sessions/${ID}/state`, { data: patch });
  expect(response.status()).toBe(200);
}

async function appendTexts(request: APIRequestContext, texts: readonly string[]): Promise<void> {
  await append(
    request,
    texts.map((content) => ({ role: "user", content })),
  );
}

async function append(request: APIRequestContext, messages: readonly Record<string, unknown>[]): Promise<void> {
  const response = await request.post(`/api/mcp/sessions/${ID}/messages`, { data: { messages } });
  expect(response.status()).toBe(201);
}

const numbered = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `message ${String(first + index)}.`);

const stateCard = (page: Page) => page.getByRole("region", { name: "State", exact: true });
const messagesCard = (page: Page) => page.getByRole("region", { name: "Messages", exact: true });
const messageList = (page: Page) => page.getByRole("region", { name: "Message list" });
const timeline = (page: Page) => page.getByRole("region", { name: "Timeline", exact: true });

test.beforeEach(async ({ registry }) => {
  await registry.create({ id: ID });
});

test("state and messages appear by themselves as they are written", async ({ page, request }) => {
  // Each step waits for the page's next poll.
  test.slow();
  await page.goto(`/mcp/sessions/${ID}`);
  await expect(stateCard(page)).toContainText("No state has been written");
  await expect(messagesCard(page)).toContainText("No messages have been appended");

  await patchState(request, { counter: 1 });
  await patchState(request, { counter: 2, user: { name: "Ada" } });
  await append(request, [
    { role: "user", content: "first line\nsecond <b>line</b>" },
    {
      role: "tool",
      content: [
        { type: "text", text: "three nodes" },
        { type: "image", data: "aGk=", mimeType: "image/png" },
      ],
    },
  ]);
  await expect(stateCard(page)).toContainText("version 2");
  await expect(stateCard(page)).toContainText("counter: 2");
  await expect(messagesCard(page)).toContainText("2 messages");
  await expect(messageList(page)).toContainText("second <b>line</b>");
  await expect(messageList(page).getByRole("region", { name: "image as JSON" })).toContainText("mimeType: image/png");
  await expect(timeline(page)).toContainText("State written 2 times, versions 1–2");
  await expect(timeline(page)).toContainText("2 messages appended");

  await patchState(request, { counter: 3 });
  await expect(stateCard(page)).toContainText("counter: 3");
  await expect(stateCard(page)).toContainText("version 3");
  await expect(timeline(page)).toContainText("State written 3 times, versions 1–3");
});

test("nested state folds and unfolds by keyboard, and long text is shown on demand", async ({ page, request }) => {
  await patchState(request, { user: { name: "Ada" }, log: `${"x".repeat(400)} the end` });
  await page.goto(`/mcp/sessions/${ID}`);
  const user = stateCard(page).getByRole("button", { name: "user: { 1 key }" });
  await expect(stateCard(page)).toContainText("name: Ada");
  await user.press("Enter");
  await expect(user).toHaveAttribute("aria-expanded", "false");
  await expect(stateCard(page)).not.toContainText("name: Ada");
  await user.press("Space");
  await expect(stateCard(page)).toContainText("name: Ada");

  await expect(stateCard(page)).not.toContainText("the end");
  await stateCard(page).getByRole("button", { name: "Show all 408 characters" }).press("Enter");
  await expect(stateCard(page)).toContainText("the end");
});

test("a state of the largest size opens at once and level by level", async ({ page, request }) => {
  const rows = Array.from({ length: 6_000 }, (_, index) => ({ id: index, tag: "a row of some length" }));
  await patchState(request, { rows });
  await page.goto(`/mcp/sessions/${ID}`);
  await stateCard(page).getByRole("button", { name: "rows: [ 6,000 items ]" }).click();
  await expect(stateCard(page).getByRole("listitem")).toHaveCount(102);
  await stateCard(page).getByRole("button", { name: "Show 100 more of 5,900" }).click();
  await expect(stateCard(page).getByRole("listitem")).toHaveCount(202);
});

test("the latest messages come first, earlier ones on demand, and the reader keeps the place", async ({
  page,
  request,
}) => {
  await appendTexts(request, numbered(1, 60));
  await appendTexts(request, numbered(61, 120));
  await page.goto(`/mcp/sessions/${ID}`);
  await expect(messagesCard(page)).toContainText("the latest 50 of 120 messages");
  await messageList(page).evaluate((list) => {
    list.scrollIntoView({ block: "center" });
  });
  await expect(page.getByText("message 120.")).toBeInViewport();

  const placeOf = async (text: string) => (await page.getByText(text, { exact: true }).boundingBox())?.y ?? NaN;
  const showEarlier = messageList(page).getByRole("button", { name: "Show earlier" });
  await showEarlier.scrollIntoViewIfNeeded();
  const before = await placeOf("message 75.");
  await showEarlier.press("Enter");
  await expect(messagesCard(page)).toContainText("the latest 100 of 120 messages");
  expect(Math.abs((await placeOf("message 75.")) - before)).toBeLessThan(2);

  await appendTexts(request, ["message 121."]);
  await expect(messagesCard(page)).toContainText("the latest 101 of 121 messages");
  expect(Math.abs((await placeOf("message 75.")) - before)).toBeLessThan(2);

  await showEarlier.press("Enter");
  await expect(showEarlier).toHaveCount(0);
  await expect(messagesCard(page)).toContainText("121 messages");
  await expect(messageList(page)).toBeFocused();
  await expect(messageList(page).getByText(/^message \d+\.$/)).toHaveText(numbered(1, 121));
});

for (const colorScheme of SCHEMES) {
  test(`state and messages are accessible and fit their screen (${colorScheme})`, async ({ page, request }) => {
    await patchState(request, { n: 1, yes: true, none: null, deep: { list: [1, "two", {}] }, long: "y".repeat(500) });
    await appendTexts(request, numbered(1, 60));
    await append(request, [
      { role: "assistant", content: "z".repeat(3_000) },
      { role: "system", content: "" },
      { role: "tool", content: [{ type: "resource", resource: { uri: "file:///a", text: "w".repeat(300) } }] },
    ]);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto(`/mcp/sessions/${ID}`);
    await expect(stateCard(page)).toContainText("version 1");
    await expect(messageList(page).getByRole("button", { name: "Show earlier" })).toBeAttached();
    await expectAccessible(page, "state and messages");
  });
}
