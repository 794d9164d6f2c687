import { z } from "zod";
import { HoldfastError } from "@/lib/domain/errors";
import { defineRoute } from "../define-route";

const tag = "Operations";
const Ok = z.strictObject({ status: z.literal("ok") }).meta({ id: "Ok" });

export const operationRoutes = [
  defineRoute({
    method: "GET",
    path: "/livez",
    operationId: "isLive",
    tag,
    summary: "Whether the process runs",
    replies: { 200: { description: "It does.", schema: Ok } },
    errors: [],
    respond: () => ({ status: 200, body: { status: "ok" } }),
  }),
  defineRoute({
    method: "GET",
    path: "/readyz",
    operationId: "isReady",
    tag,
    summary: "Whether requests can be served",
    description: "Reads from the database; answers 503 while Holdfast starts or stops.",
    replies: { 200: { description: "They can.", schema: Ok } },
    errors: ["shutting_down", "storage_unavailable"],
    respond: async ({ services, context }) => {
      if (!context.isServing()) throw new HoldfastError("shutting_down", "Holdfast is shutting down.");
      await services.store.ping();
      return { status: 200, body: { status: "ok" } };
    },
  }),
];
