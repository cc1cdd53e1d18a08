import type { Content } from "../content/outline.ts";

export async function playgroundFiles(_root: string, _content: Content): Promise<Map<string, string>> {
  return new Map();
}
