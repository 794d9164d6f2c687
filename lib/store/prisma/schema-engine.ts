import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { SchemaEngine } from "@prisma/schema-engine-wasm";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";

interface Bindings {
  __wbg_set_wasm(exports: WebAssembly.Exports): void;
  SchemaEngine: typeof SchemaEngine;
}

// The package's own types describe its main entry, which only bundlers can load.
const engine = bindings as unknown as Bindings;
let loading: Promise<void> | undefined;

async function load(): Promise<void> {
  const require = createRequire(import.meta.url);
  const path = require.resolve("@prisma/schema-engine-wasm/schema_engine_bg").replace(/\.js$/, ".wasm");
  const imports = { "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports };
  const { instance } = await WebAssembly.instantiate(await readFile(path), imports);
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports["__wbindgen_start"] as () => void)();
}

export interface OpenSchemaEngine {
  engine: SchemaEngine;
  /** Frees the engine and closes the connections it made: it locks the database for as long as they are open. */
  close: () => Promise<void>;
}

/** Prisma's own schema engine, compiled to WebAssembly: migrates without downloading a native binary. */
export async function openSchemaEngine(
  schema: { path: string; content: string },
  url: string,
): Promise<OpenSchemaEngine> {
  await (loading ??= load());
  const factory = new PrismaBetterSqlite3({ url });
  const connections: SqlDriverAdapter[] = [];
  const tracked: SqlMigrationAwareDriverAdapterFactory = {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => track(connections, await factory.connect()),
    connectToShadowDb: async () => track(connections, takingScripts(await factory.connectToShadowDb())),
  };
  const ignoreLog = (): void => undefined;
  const schemaEngine = await engine.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    ignoreLog,
    bindMigrationAwareSqlAdapterFactory(tracked),
  );
  return {
    engine: schemaEngine,
    close: async () => {
      schemaEngine.free();
      await Promise.all(connections.map((connection) => connection.dispose()));
    },
  };
}

function track(connections: SqlDriverAdapter[], connection: SqlDriverAdapter): SqlDriverAdapter {
  connections.push(connection);
  return connection;
}

/** On a shadow database the engine replays a whole migration as one statement, which the driver refuses. */
function takingScripts(connection: SqlDriverAdapter): SqlDriverAdapter {
  const executeRaw = connection.executeRaw.bind(connection);
  connection.executeRaw = async (query) => {
    if (query.args.length > 0) return executeRaw(query);
    await connection.executeScript(query.sql);
    return 0;
  };
  return connection;
}
