import { z } from "zod";
import { SessionHealthSummary } from "@/lib/contract/health";
import { summarizeHealth } from "@/lib/services/summarize-health";
import { defineTool } from "../define-tool";

const getSessionHealthTool = defineTool({
  name: "get_session_health",
  title: "Summarize the health of all sessions",
  description:
    "Counts of all sessions by status and age, how they ended in the last 24 hours, and the latest ones. Use it for an overview; list_sessions finds the sessions behind a count.",
  input: z.strictObject({}),
  output: SessionHealthSummary,
  hints: { reads: true },
  run: (ctx) => summarizeHealth(ctx),
});

export const healthTools = [getSessionHealthTool];
