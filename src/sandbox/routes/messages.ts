import type { MarkAllReadResult, UnreadCount } from "../../../generated/schema.ts";
import { cursorPage } from "../cursor-page.ts";
import { errorAnswer } from "../responses.ts";
import type { Routes } from "../route-table.ts";

/** What Angelcam tells the account. */
export function serveMessages(routes: Routes): void {
  routes.signedIn("rts.messages.list", ({ account, query: { limit }, url }) =>
    cursorPage([...account.messages], url, {
      keyOf: ({ id }) => id,
      show: (message) => message,
      limit,
      parameter: "next",
    }),
  );

  routes.signedIn("rts.messages.get", ({ account, path }) => {
    const message = account.messages.get(path.message_id as number);
    return message ? Response.json(message) : errorAnswer(404);
  });

  routes.signedIn("rts.messages.update", ({ account: { messages }, path, body }) => {
    const message = messages.get(path.message_id as number);
    if (!message) return errorAnswer(404);
    if (body.is_read !== undefined) messages.mark(message, body.is_read);
    return Response.json(message);
  });

  routes.signedIn("rts.messages.countUnread", ({ account: { messages } }) => {
    const unread: UnreadCount = { unread_count: [...messages].filter(({ is_read }) => !is_read).length };
    return Response.json(unread);
  });

  routes.signedIn("rts.messages.markAllRead", ({ account: { messages } }) => {
    const unread = [...messages].filter(({ is_read }) => !is_read);
    for (const message of unread) messages.mark(message, true);
    const result: MarkAllReadResult = { set_as_read_count: unread.length };
    return Response.json(result);
  });
}
