import { FAULTS, type Fault } from "./faults.ts";
import { HONEST_SERVERS, type HonestServer } from "./honest-servers.ts";

/** The table of the guide with the faults of a server: the fault, what the command reports, and how severe it is. */
export function faultTable(): string {
  return tableOf(
    ["Fault of the server", "The command reports", "Severity"],
    FAULTS.map((fault) => [withOptions(fault), code(reportOf(fault)), severityOf(fault)]),
  );
}

/** The table of the guide with the servers that pass, and what the command says about them. */
export function honestTable(): string {
  return tableOf(
    ["The server has", "The command reports"],
    HONEST_SERVERS.map((server) => [server.what, noteOf(server)]),
  );
}

/** Some are seen with an option that the user has to give. */
function withOptions({ what, options = [] }: Fault): string {
  if (options.length === 0 || what.includes(String(options[0]))) return what;
  return `${what}, with ${code(options.join(" "))}`;
}

/** The line without the name of the step, which is the workflow's. */
function reportOf({ line }: Fault): string {
  return line.replace(/^[\w-]+: /, "").replace(/, got $/, "");
}

function severityOf({ violation }: Fault): string {
  return "severity" in violation ? `${violation.severity}; fails with \`--strict\`` : "error";
}

function noteOf({ skipped = {}, line }: HonestServer): string {
  const notes = Object.entries(skipped).map(([name, reason]) => `skips \`${name}\`: ${reason}`);
  if (line !== undefined) notes.push(code(line));
  return notes.join("; ") || "nothing";
}

function code(text: string): string {
  return `\`${text.replaceAll("|", "\\|")}\``;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, head.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
