import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "@/lib/domain/errors";
import { HeartbeatsBody } from "@/lib/contract/heartbeat";
import { buildOpenApiDocument } from "./openapi";
import { PROBLEMS } from "./problem-table";
import { ROUTES } from "./route-table";

const document = buildOpenApiDocument();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every object and array of the document, with the way to it. */
function* nodesOf(value: unknown, way = "#"): Generator<{ way: string; node: Record<string, unknown> }> {
  if (typeof value !== "object" || value === null) return;
  yield { way, node: value as Record<string, unknown> };
  for (const [key, child] of Object.entries(value)) yield* nodesOf(child, `${way}/${key}`);
}

function resolve(ref: string): unknown {
  const steps = ref.replace(/^#\//, "").split("/");
  return steps.reduce<unknown>((node, step) => (node as Record<string, unknown> | undefined)?.[step], document);
}

describe("the OpenAPI document", () => {
  it("is a 3.1 document with a title, a version and a licence", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "Holdfast", license: { identifier: "MIT" } } });
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it("describes every route of the table, and nothing else", () => {
    const described = operations.map(({ path, method }) => `${method.toUpperCase()} ${path}`);
    expect(described.sort()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it("names every operation once", () => {
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("has no reference that leads nowhere, and none to a definition of another kind", () => {
    const refs = [...nodesOf(document)].flatMap(({ node }) => (typeof node["$ref"] === "string" ? [node["$ref"]] : []));
    expect(refs.length).toBeGreaterThan(20);
    for (const ref of new Set(refs)) {
      expect(ref).toMatch(/^#\/components\/schemas\/\w+$/);
      expect(resolve(ref), ref).toBeTypeOf("object");
    }
  });

  it("leaves nothing of zod's own behind", () => {
    const strays = [...nodesOf(document)].filter(
      ({ node }) => "$schema" in node || "$defs" in node || "~standard" in node,
    );
    expect(strays.map(({ way }) => way)).toEqual([]);
  });

  it("declares every parameter of a path as required, and no other as a path's", () => {
    for (const { path, operation } of operations) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map(({ name }) => name)).toEqual(inPath);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it("has a summary, a success and its failures as problem documents for every operation", () => {
    for (const { operation, path, method } of operations) {
      expect(operation.summary, `${method} ${path}`).not.toBe("");
      const successes = Object.keys(operation.responses).filter((status) => status.startsWith("2"));
      expect(successes.length).toBeGreaterThanOrEqual(1);
      for (const [status, response] of Object.entries(operation.responses)) {
        if (status.startsWith("3")) {
          expect(response.content).toBeUndefined();
          continue;
        }
        const types = Object.keys(response.content ?? {});
        // What speaks another protocol fails in that protocol's form, where that comes before ours.
        const isProtocol = operation.operationId === "callMcp";
        const type = operation.operationId === "getMetrics" ? "text/plain" : "application/json";
        if (status.startsWith("2")) expect(types).toEqual(response.content ? [type] : []);
        else if (isProtocol)
          expect(["application/json", "application/problem+json"]).toEqual(expect.arrayContaining(types));
        else expect(types).toEqual(["application/problem+json"]);
      }
    }
  });

  it("lists every error code under its own status", () => {
    for (const { operation } of operations) {
      for (const [status, { description }] of Object.entries(operation.responses)) {
        const codes = ERROR_CODES.filter((code) => description.includes(`\`${code}\``));
        expect(codes.map((code) => String(PROBLEMS[code].status))).toEqual(codes.map(() => status));
      }
    }
    const codes = ERROR_CODES.filter((code) => JSON.stringify(document.paths).includes(`\`${code}\``));
    expect(codes).toEqual(expect.arrayContaining(["session_exists", "session_gone", "invalid_cursor", "storage_full"]));
  });

  it("describes bodies as they are sent: what has a default is not required", () => {
    const create = resolve("#/components/schemas/CreateSession") as {
      required: string[];
      additionalProperties: unknown;
    };
    expect(create.required).toEqual(["server"]);
    expect(create.additionalProperties).toBe(false);
    const beats = resolve("#/components/schemas/Heartbeats") as {
      required: string[];
      properties: { beats: { maxItems: number } };
    };
    expect(beats.required).toEqual(["beats"]);
    expect(beats.properties.beats.maxItems).toBe(1_000);
    expect(HeartbeatsBody.safeParse({ beats: [] }).success).toBe(true);
  });

  it("requires a body exactly where the route does", () => {
    const optional = operations.filter(({ operation }) => operation.requestBody?.required === false);
    expect(optional.map(({ operation }) => operation.operationId).sort()).toEqual([
      "disconnectSession",
      "drainInstance",
      "endSession",
      "recordHeartbeat",
      "renewSession",
      "startTermination",
    ]);
  });

  it("survives being sent", () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });
});
