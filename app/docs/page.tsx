import type { Metadata } from "next";
import { ApiReference } from "@/components/docs/api-reference";
import { buildOpenApiDocument } from "@/lib/http/openapi";

export const dynamic = "force-static";

export const metadata: Metadata = { title: "API reference" };

export default function DocsPage() {
  return <ApiReference document={buildOpenApiDocument()} />;
}
