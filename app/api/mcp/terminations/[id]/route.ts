import { nextRoute } from "@/lib/http/next-route";
import { getRuntime } from "@/lib/runtime/get-runtime";

export const dynamic = "force-dynamic";
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = nextRoute(getRuntime);
