import { expect, it } from "vitest";
import { buildOpenApiDocument } from "@/lib/http/openapi";
import { prepareApiReference } from "./prepare-api-reference";
import { prepareExample, requestExample } from "./prepare-example";
import { prepareFields } from "./prepare-fields";

const document = buildOpenApiDocument();
const { schemas } = document.components;

it("shows every operation of the real document once, under a tag of its own", () => {
  const shown = prepareApiReference(document).flatMap(({ entries }) => entries.map(({ id }) => id));
  const described = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(shown.toSorted()).toEqual(described.toSorted());
  expect(new Set(shown).size).toBe(shown.length);
});

it("lists nested fields below their parent with their path", () => {
  const fields = prepareFields(schemas["SessionHealthSummary"] ?? {});
  const names = fields.map(({ name }) => name);
  expect(names).toContain("statusBreakdown.byStatus.expired");
  expect(names).toContain("recentActivity[].id");
  expect(fields.find(({ name }) => name === "generatedAt")).toMatchObject({
    depth: 0,
    isRequired: true,
    type: "string",
  });
});

it("gives a request example that names the required fields and leaves out what says nothing", () => {
  const example = requestExample({ $ref: "#/components/schemas/CreateSession" }, schemas);
  expect(example).toMatchObject({ server: "notes" });
  expect(Object.values(example as object)).not.toContain(null);
});

it("ends on schemas that refer to themselves", () => {
  const tree = { type: "object", properties: { child: { $ref: "#/components/schemas/Tree" } } };
  expect(JSON.stringify(prepareExample(tree, { Tree: tree })).length).toBeLessThan(1_000);
});
