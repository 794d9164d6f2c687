/** The import rules of docs/architecture.md: what flows where, one way, without cycles. */
const TESTS = "\\.test\\.tsx?$";

/** A room may import itself, the rooms named, and third-party packages if `packages` says so. */
function room(name, path, { may = [], packages = null, tests = TESTS }) {
  const allowed = [path, ...may].join("|");
  return [
    {
      name: `${name}-imports`,
      comment: `${name} may import only: ${may.join(", ") || "nothing but itself"}`,
      severity: "error",
      from: { path, pathNot: tests },
      to: { path: "^(lib|app|components|sdk|examples|bench|server\\.ts)", pathNot: allowed },
    },
    ...(packages === null
      ? []
      : [
          {
            name: `${name}-packages`,
            comment: `${name} may use only: ${packages.join(", ") || "no packages"}`,
            severity: "error",
            from: { path, pathNot: tests },
            to: {
              dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer", "core"],
              pathNot: packages.map((name) => `(^|/)node_modules/${name}/`).join("|") || "^$",
            },
          },
        ]),
  ];
}

export default {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-orphans-of-resolution", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...room("domain", "^lib/domain", { packages: [] }),
    ...room("contract", "^lib/contract", { may: ["^lib/domain"], packages: ["zod"] }),
    ...room("services", "^lib/services", {
      may: ["^lib/domain", "^lib/contract", "^lib/store/[a-z-]+-store\\.ts$"],
      packages: [],
    }),
    ...room("store", "^lib/store", { may: ["^lib/domain", "^lib/contract"] }),
    ...room("live", "^lib/live", { may: ["^lib/domain", "^lib/contract"] }),
    ...room("http", "^lib/http", { may: ["^lib/domain", "^lib/contract", "^lib/services"] }),
    ...room("ws", "^lib/ws", { may: ["^lib/domain", "^lib/contract", "^lib/services", "^lib/live"] }),
    ...room("mcp", "^lib/mcp", { may: ["^lib/domain", "^lib/contract", "^lib/services"] }),
    ...room("metrics", "^lib/metrics", {
      may: ["^lib/domain", "^lib/contract", "^lib/services", "^lib/store/[a-z-]+-store\\.ts$"],
    }),
    ...room("web", "^lib/web", { may: ["^lib/domain", "^lib/contract"] }),
    ...room("components", "^components", { may: ["^lib/domain", "^lib/contract", "^lib/web"] }),
    ...room("api routes", "^app/(api|livez|readyz|metrics)/", { may: ["^lib/http", "^lib/runtime/get-runtime\\.ts$"] }),
    ...room("pages", "^app/(?!(api|livez|readyz|metrics)/)", {
      may: [
        "^components",
        "^lib/web",
        "^lib/domain",
        "^lib/contract",
        "^lib/services",
        "^lib/http/openapi\\.ts$",
        "^lib/runtime/get-runtime\\.ts$",
      ],
    }),
    ...room("sdk", "^sdk", { packages: [] }),
    ...room("examples", "^examples", { may: ["^sdk"] }),
    {
      name: "only-store-touches-the-database",
      comment: "Prisma and SQLite are lib/store/prisma's own business.",
      severity: "error",
      from: { pathNot: `^(lib/store/prisma|lib/testing|bench|scripts)|${TESTS}` },
      to: { path: "^lib/store/prisma/generated|node_modules/(@prisma|better-sqlite3)/" },
    },
    {
      name: "only-runtime-opens-the-store",
      severity: "error",
      from: { pathNot: `^(lib/store|lib/runtime|lib/testing|bench|scripts)|${TESTS}` },
      to: { path: "^lib/store/prisma" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules|^lib/store/prisma/generated" },
    exclude: { path: "^(\\.next|dist)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "types", "default"] },
  },
};
