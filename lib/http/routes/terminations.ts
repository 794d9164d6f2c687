import { z } from "zod";
import {
  ListTerminationResultsQuery,
  PlanTerminationBody,
  StartTerminationBody,
  Termination,
  TerminationId,
  TerminationList,
  TerminationResults,
} from "@/lib/contract/termination-jobs";
import { cancelTermination } from "@/lib/services/cancel-termination";
import { getTermination } from "@/lib/services/get-termination";
import { listTerminationResults } from "@/lib/services/list-termination-results";
import { listTerminations } from "@/lib/services/list-terminations";
import { planTermination } from "@/lib/services/plan-termination";
import { startTermination } from "@/lib/services/start-termination";
import { defineRoute } from "../define-route";

const tag = "Terminations";
const Params = z.strictObject({ id: TerminationId });

export const terminationRoutes = [
  defineRoute({
    method: "POST",
    path: "/api/mcp/terminations",
    operationId: "planTermination",
    tag,
    summary: "Plan the end of many sessions",
    description:
      "Ends nothing: it settles which sessions `start` will end, at most 100,000, and says how many they are and what they look like. Sessions that match later are no part of it. A plan can be started for 15 minutes; plans and jobs are kept in memory, so a restart forgets them.",
    body: PlanTerminationBody,
    replies: { 201: { description: "The plan; `Location` is its address.", schema: Termination } },
    errors: [],
    respond: async ({ services, body }) => {
      const plan = await planTermination(services, body);
      return { status: 201, body: plan, headers: { location: `/api/mcp/terminations/${plan.id}` } };
    },
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/terminations",
    operationId: "listTerminations",
    tag,
    summary: "List plans and jobs",
    description: "Those still in memory, at most 40.",
    replies: { 200: { description: "Latest first.", schema: TerminationList } },
    errors: [],
    respond: async ({ services }) => ({ status: 200, body: await listTerminations(services) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/terminations/{id}",
    operationId: "getTermination",
    tag,
    summary: "Read a plan, or how far a job has come",
    params: Params,
    replies: { 200: { description: "The plan or job.", schema: Termination } },
    errors: ["termination_not_found"],
    respond: async ({ services, params }) => ({ status: 200, body: await getTermination(services, params.id) }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/terminations/{id}/start",
    operationId: "startTermination",
    tag,
    summary: "End the sessions of a plan",
    description:
      "Each as `DELETE /api/mcp/sessions/{id}` does, `perSecond` of them per second; those that have ended by themselves meanwhile are skipped. Above 25 sessions `confirm` must be their number. Repeating it is harmless. At most two jobs run at once; after 20 failures in a row one stops itself.",
    params: Params,
    body: StartTerminationBody,
    isBodyOptional: true,
    replies: { 200: { description: "The job.", schema: Termination } },
    errors: [
      "termination_not_found",
      "termination_expired",
      "termination_not_confirmed",
      "termination_cancelled",
      "too_many_terminations",
    ],
    respond: async ({ services, params, body }) => ({
      status: 200,
      body: await startTermination(services, params.id, body),
    }),
  }),
  defineRoute({
    method: "POST",
    path: "/api/mcp/terminations/{id}/cancel",
    operationId: "cancelTermination",
    tag,
    summary: "Stop a job midway, or drop a plan",
    description: "Sessions that have been ended stay ended; the others are left as they are.",
    params: Params,
    replies: { 200: { description: "The job as it stopped.", schema: Termination } },
    errors: ["termination_not_found"],
    respond: ({ services, params }) => ({ status: 200, body: cancelTermination(services, params.id) }),
  }),
  defineRoute({
    method: "GET",
    path: "/api/mcp/terminations/{id}/results",
    operationId: "listTerminationResults",
    tag,
    summary: "Read what became of each session",
    description: "In the order in which they are ended, the oldest session first.",
    params: Params,
    query: ListTerminationResultsQuery,
    replies: { 200: { description: "One page.", schema: TerminationResults } },
    errors: ["termination_not_found"],
    respond: async ({ services, params, query }) => ({
      status: 200,
      body: await listTerminationResults(services, params.id, query),
    }),
  }),
];
