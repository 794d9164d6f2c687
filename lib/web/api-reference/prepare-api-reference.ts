import type { ApiDocument, ApiOperation } from "./api-document";

export interface OperationEntry {
  /** The anchor. */
  id: string;
  method: string;
  path: string;
  operation: ApiOperation;
}

export interface TagGroup {
  name: string;
  id: string;
  description: string;
  entries: OperationEntry[];
}

/** The document's operations grouped by their first tag, in the order of the document's tags. */
export function prepareApiReference({ tags, paths }: ApiDocument): TagGroup[] {
  const entries = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      ...{ id: operation.operationId, method: method.toUpperCase(), path, operation },
    })),
  );
  return tags
    .map(({ name, description }) => ({
      ...{ name, description, id: `tag-${name.toLowerCase().replace(/[^a-z0-9]+/g, "-")}` },
      entries: entries.filter(({ operation }) => operation.tags[0] === name),
    }))
    .filter(({ entries: own }) => own.length > 0);
}
