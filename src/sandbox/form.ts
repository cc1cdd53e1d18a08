/** The fields of a form. */
export type Form = Readonly<Record<string, string>>;

/** Reads a form, url-encoded or multipart. Undefined for any other body, for files, and for a field that comes twice. */
export async function readForm(request: Request): Promise<Form | undefined> {
  const fields = await readFields(request);
  if (!fields || new Set(fields.map(([name]) => name)).size < fields.length) return undefined;
  return Object.fromEntries(fields);
}

async function readFields(request: Request): Promise<[string, string][] | undefined> {
  const type = request.headers.get("Content-Type") ?? "";
  if (type.startsWith("application/x-www-form-urlencoded")) return [...new URLSearchParams(await request.text())];
  if (!type.startsWith("multipart/form-data")) return undefined;
  const fields = await request.formData().then(
    (form) => [...form],
    () => undefined,
  );
  return fields?.every((field): field is [string, string] => typeof field[1] === "string") ? fields : undefined;
}
