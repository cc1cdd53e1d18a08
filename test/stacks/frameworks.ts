import { EXPECTED, PROGRAM, runs, type Stack, shows } from "./stack.ts";

/** Starts a server that a framework has built, and asks it for a page. */
const ASK = `
import { spawn } from "node:child_process";
const [expected, port, ...command] = process.argv.slice(2);
const server = spawn(process.execPath, command, { stdio: "ignore", env: { ...process.env, PORT: port } });
let result = "it never listened";
for (let attempt = 0; attempt < 150 && result === "it never listened"; attempt++) {
  await new Promise((resolve) => setTimeout(resolve, 200));
  const response = await fetch("http://127.0.0.1:" + port + "/").catch(() => undefined);
  if (response) result = response.status + " " + (await response.text());
}
server.kill();
console.log(result.startsWith("200 ") && result.includes(expected) ? expected : result.slice(0, 2000));
process.exit();
`;

/** Frameworks whose server passes data to the browser. */
export const FRAMEWORKS: readonly Stack[] = [
  {
    name: "Next.js, a page passed to a client component",
    packages: { next: "16.4.6", react: "19.3.1", "react-dom": "19.3.1" },
    files: {
      "ask.mjs": ASK,
      "app/program.js": PROGRAM,
      "app/layout.js":
        'export default function Layout({ children }) {\n  return <html lang="en"><body>{children}</body></html>;\n}\n',
      "app/cameras.js":
        '"use client";\nexport function Cameras({ page, text }) {\n  return <p>{text + " (" + page.results.length + ")"}</p>;\n}\n',
      "app/page.js": `
import { Angelcam, personalAccessToken } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";
import { Cameras } from "./cameras";
import { check } from "./program";

export const dynamic = "force-dynamic";

export default async function Page() {
  const sandbox = createSandbox({ cameras: 3 });
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch });
  return <Cameras page={await angelcam.cameras.list()} text={await check()} />;
}
`,
    },
    steps: [
      runs("node", "node_modules/next/dist/bin/next", "build"),
      shows("node", "ask.mjs", EXPECTED, "43117", "node_modules/next/dist/bin/next", "start", "--port", "43117"),
    ],
  },
  {
    name: "SvelteKit, a page returned by `load`",
    packages: {
      "@sveltejs/kit": "3.2.0",
      "@sveltejs/adapter-node": "6.0.1",
      "@sveltejs/vite-plugin-svelte": "7.3.1",
      svelte: "5.57.3",
      vite: "8.4.0",
      typescript: "6.0.3",
    },
    files: {
      "ask.mjs": ASK,
      "vite.config.js":
        'import adapter from "@sveltejs/adapter-node";\nimport { sveltekit } from "@sveltejs/kit/vite";\nexport default { plugins: [sveltekit({ adapter: adapter() })] };\n',
      "src/app.html": "<!doctype html><html><head>%sveltekit.head%</head><body>%sveltekit.body%</body></html>\n",
      "src/lib/program.js": PROGRAM,
      "src/routes/+page.server.js": `
import { Angelcam, personalAccessToken } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";
import { check } from "../lib/program.js";

export async function load() {
  const sandbox = createSandbox({ cameras: 3 });
  const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
  const angelcam = new Angelcam({ auth, fetch: sandbox.fetch });
  return { page: await angelcam.cameras.list(), text: await check() };
}
`,
      "src/routes/+page.svelte":
        "<script>\n  let { data } = $props();\n</script>\n\n<p>{data.text} ({data.page.results.length})</p>\n",
    },
    manifest: { type: "module" },
    steps: [
      runs("node", "node_modules/vite/bin/vite.js", "build"),
      shows("node", "ask.mjs", EXPECTED, "43118", "build/index.js"),
    ],
  },
  {
    name: "Vue, a client in reactive state",
    packages: { vue: "3.5.45" },
    files: {
      "program.js": PROGRAM,
      "main.js": `
import { Angelcam, footage, personalAccessToken } from "angelcam-client";
import { createSandbox } from "angelcam-client/sandbox";
import { reactive, ref } from "vue";
import { check } from "./program.js";

const sandbox = createSandbox({ cameras: 3 });
const auth = personalAccessToken(sandbox.tokens.personalAccessToken());
const state = reactive({ angelcam: new Angelcam({ auth, fetch: sandbox.fetch }) });
const { results } = await state.angelcam.cameras.list({ limit: 1 });
const [recording] = (await state.angelcam.cameras.recordings.list(results[0].id)).results;
const day = ref(footage(state.angelcam, recording.id, { start: "2026-11-23", end: "2026-11-24" }));
await day.value.coverage();
console.log(await check());
`,
    },
    manifest: { type: "module" },
    steps: [shows("node", "main.js"), shows("node20", "main.js")],
  },
  {
    name: "Wrangler and workerd",
    packages: { wrangler: "4.164.0" },
    files: {
      "program.js": PROGRAM,
      "worker.js":
        'import { check } from "./program.js";\nexport default { fetch: async () => new Response(await check()) };\n',
      "wrangler.json": JSON.stringify({
        name: "stack",
        main: "worker.js",
        compatibility_date: "2026-06-01",
        send_metrics: false,
      }),
      "ask.mjs": `
import { unstable_startWorker } from "wrangler";
const worker = await unstable_startWorker({ config: "wrangler.json", dev: { server: { port: 0 }, inspector: false } });
console.log(await (await worker.fetch("http://localhost/")).text());
await worker.dispose();
process.exit();
`,
    },
    manifest: { type: "module" },
    steps: [
      runs("node", "node_modules/wrangler/bin/wrangler.js", "deploy", "--dry-run", "--outdir", "out"),
      shows("node", "ask.mjs"),
    ],
  },
];
