// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { KioskContext } from "@/lib/web/use-is-kiosk";
import { NoSessionsYet } from "./no-sessions-yet";

afterEach(cleanup);

describe("a registry without sessions", () => {
  it("shows ways to register one", () => {
    render(<NoSessionsYet />);
    expect(screen.getByRole("heading", { name: "Waiting for the first session" })).toBeDefined();
    expect(screen.getAllByRole("tab")).toHaveLength(2);
    expect(screen.getByRole("link", { name: "See the whole API" })).toBeDefined();
  });

  it("only says so on a wall", () => {
    render(
      <KioskContext value={true}>
        <NoSessionsYet />
      </KioskContext>,
    );
    expect(screen.getByText("No MCP server has reported a session to this registry yet.")).toBeDefined();
    for (const role of ["tab", "link", "button"]) expect(screen.queryByRole(role)).toBeNull();
  });
});
