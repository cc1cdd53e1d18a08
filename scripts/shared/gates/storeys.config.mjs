// The storeys of src, from the ground. A folder may import from its own storey's folder and from the storeys below it.
const STOREYS = [["base"], ["errors"], ["auth", "quota"], ["transport"], ["client"], ["helpers"]];

/** Entry points beside the main one. Each may import from the folders that it names, and nothing below imports from it. */
const ENTRIES = {
  webhooks: ["base", "errors"],
  node: ["base", "errors", "auth"],
  redis: ["base", "errors", "auth", "quota"],
  openapi: ["base"],
  contract: ["base", "errors", "openapi"],
  http: ["base", "contract"],
  // `pageOf` makes a list of the client, for unit tests without a network.
  sandbox: ["base", "errors", "client", "openapi", "contract", "http"],
  mock: ["base", "errors", "openapi", "contract", "http"],
  "contract-cli": ["base", "errors", "openapi", "contract", "http", "sandbox"],
};

const folders = STOREYS.flat();

const upward = folders.map((folder) => {
  const storey = STOREYS.findIndex((names) => names.includes(folder));
  const allowed = [folder, ...STOREYS.slice(0, storey).flat()];
  return {
    name: `${folder} imports from below`,
    severity: "error",
    from: { path: `^src/${folder}/` },
    to: { path: "^src/", pathNot: `^src/(${allowed.join("|")})/` },
  };
});

const entries = Object.entries(ENTRIES).map(([entry, allowed]) => ({
  name: `${entry} imports what it names`,
  severity: "error",
  from: { path: `^src/${entry}/` },
  to: { path: "^src/", pathNot: `^src/(${[entry, ...allowed].join("|")})/` },
}));

export default {
  forbidden: [
    { name: "no cycle", severity: "error", from: {}, to: { circular: true } },
    ...upward,
    ...entries,
    {
      name: "base knows nothing of Angelcam",
      severity: "error",
      from: { path: "^src/base/" },
      to: { path: "^generated/" },
    },
    {
      name: "the operation table and the schema import nothing",
      severity: "error",
      from: { path: "^generated/(operations|schema)\\.ts$" },
      to: {},
    },
    {
      name: "generated/client.ts imports types of src/client",
      severity: "error",
      from: { path: "^generated/client\\.ts$" },
      to: { pathNot: "^(src/client/|generated/schema\\.ts$)" },
    },
    {
      name: "only transport/openapi-fetch.ts imports openapi-fetch",
      severity: "error",
      from: { path: "^src/", pathNot: "^src/transport/openapi-fetch\\.ts$" },
      to: { path: "node_modules/openapi-fetch/" },
    },
  ],
  options: {
    // Imports of types count as well.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: { extensions: [".ts", ".js", ".json"] },
  },
};
