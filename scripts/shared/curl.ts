import type { SampleRequest } from "./sample-request.ts";

/**
 * Writes a request as a curl command for a POSIX shell, an option a line.
 *
 * @example
 * ```sh
 * curl "https://api.angelcam.com/v1/cameras/?limit=5" \
 *   --header "Authorization: Bearer $ACCESS_TOKEN"
 * ```
 */
export function curl({ method, url, headers, form, json, redirects }: SampleRequest): string {
  const hasBody = form !== undefined || json !== undefined;
  const options = [
    // Without the option curl sends GET, and POST where there is a body.
    ...(method === (hasBody ? "POST" : "GET") ? [] : [`--request ${method}`]),
    ...(redirects ? ["--include"] : []),
    ...Object.entries(headers).map(([name, value]) => `--header ${withVariables(`${name}: ${value}`)}`),
    ...Object.entries(form ?? {}).map(([name, value]) => `--data-urlencode ${literally(`${name}=${value}`)}`),
    ...(json === undefined ? [] : [`--json ${singleQuoted(JSON.stringify(json, null, 2))}`]),
  ];
  const address = /[?&*]/.test(url) ? literally(url) : url;
  return [`curl ${address}`, ...options].join(" \\\n  ");
}

/** Double quotes where they will do: cmd.exe knows no others. */
function literally(text: string): string {
  return /["$`\\!]/.test(text) ? singleQuoted(text) : `"${text}"`;
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** `$NAME` stays a variable of the shell. */
function withVariables(text: string): string {
  return `"${text.replaceAll(/["`\\]/g, "\\$&")}"`;
}
