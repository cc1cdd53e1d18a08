import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseDocument, visit } from "yaml";
import { pythonVersion, runPython } from "../support/python.ts";
import { type CodeBlock, LANGUAGES } from "./code-blocks.ts";
import { compile, type Source } from "./compile.ts";
import { checkElements, compileScripts } from "./page-scripts.ts";
import { runPrograms } from "./programs.ts";
import { runShell } from "./shell.ts";

/**
 * Compiles, runs or parses every block according to its language.
 *
 * @param mock The origin of the mock.
 * @returns Each fault as `file:line: what is wrong`, in no order.
 */
export async function checkBlocks(blocks: readonly CodeBlock[], mock: string): Promise<string[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "angelcam-prose-"));
  const of = (wanted: string) => blocks.filter(({ language }) => language === wanted);
  try {
    const running = Promise.all([
      runPrograms(of("ts"), path.join(folder, "programs"), mock),
      runShell([...of("sh"), ...of("yaml").flatMap(commandsOf)], path.join(folder, "shell"), mock),
      checkPython(of("python"), mock),
    ]);
    return [
      ...blocks.flatMap(checkLanguage),
      ...compile(of("ts")),
      ...compileScripts(of("html")),
      ...of("html").flatMap(checkElements),
      ...of("json").flatMap(checkJson),
      ...of("http").flatMap(checkMessage),
      ...of("yaml").flatMap(checkYaml),
      ...(await running).flat(),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function checkLanguage({ file, line, language }: CodeBlock): string[] {
  if ((LANGUAGES as readonly string[]).includes(language)) return [];
  const name = language === "" ? "no language" : `the language "${language}"`;
  return [`${file}:${line - 1}: a block of ${name}: nothing can check it; use one of ${LANGUAGES.join(", ")}`];
}

/** Runs Python where this machine has it. A program has to print something, and to need nothing but Python's library. */
async function checkPython(blocks: readonly CodeBlock[], mock: string): Promise<string[]> {
  if (blocks.length === 0 || (await pythonVersion()) === undefined) return [];
  const programs = blocks.map(({ file, line, code }) => ({ id: `${file}:${line}`, source: code }));
  const runs = await runPython(programs, { ANGELCAM_BASE_URL: mock, ANGELCAM_TOKEN: "anything" });
  return runs.flatMap(({ id, printed, error }) => {
    if (error !== null) return [`${id}: ${error}`];
    return printed === "" ? [`${id}: it prints nothing`] : [];
  });
}

function checkJson({ file, line, code }: Source): string[] {
  try {
    JSON.parse(code);
    return [];
  } catch (error) {
    const { message } = error as SyntaxError;
    const at = Number(message.match(/\(line (\d+)/)?.[1] ?? 1);
    return [`${file}:${line + at - 1}: ${message}`];
  }
}

/** Checks the head of a request or a response, and its body. */
function checkMessage({ file, line, code }: Source): string[] {
  const [head = "", ...rest] = code.trimEnd().split("\n");
  const faults = /^(HTTP\/1\.1 \d{3} [A-Z]|[A-Z]+ \/\S* HTTP\/1\.1$)/.test(head)
    ? []
    : [`${file}:${line}: this begins neither a request nor a response`];
  const blank = rest.indexOf("");
  const headers = blank < 0 ? rest : rest.slice(0, blank);
  for (const [index, header] of headers.entries()) {
    if (!/^[\w-]+: \S/.test(header)) faults.push(`${file}:${line + 1 + index}: this is no header`);
  }
  if (blank < 0) return faults;
  return [...faults, ...checkJson({ file, line: line + blank + 2, code: rest.slice(blank + 1).join("\n") })];
}

function checkYaml({ file, line, code }: Source): string[] {
  return parseDocument(code).errors.map(
    ({ message, linePos }) => `${file}:${line + (linePos?.[0].line ?? 1) - 1}: ${message}`,
  );
}

/** The commands of a workflow: the values of `run`. */
function commandsOf({ file, line, code }: CodeBlock): Source[] {
  const commands: Source[] = [];
  visit(parseDocument(code), {
    Pair(_, { key, value }) {
      const [name, command] = [key, value] as { value?: unknown; range?: readonly number[] }[];
      if (name?.value !== "run" || typeof command?.value !== "string") return;
      const at = line + code.slice(0, command.range?.[0] ?? 0).split("\n").length - 1;
      commands.push({ file, line: at, code: `${command.value}\n` });
    },
  });
  return commands;
}
