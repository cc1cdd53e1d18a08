// @ts-check
import { equal, truth } from "./expect.js";
import { setUp } from "./set-up.js";

/** @type {import("./run.js").Check[]} */
export const pages = [
  {
    name: "pages: 250 cameras take three requests, none lost, none duplicated, in their order",
    async run() {
      const { sandbox, angelcam } = setUp({ sandbox: { cameras: 250 } });
      const ids = [];
      for await (const { id } of angelcam.cameras.list()) ids.push(id);
      equal(
        ids,
        [...sandbox.cameras].map(({ id }) => id),
        "the cameras",
      );
      equal(sandbox.count({ operation: "cameras.list" }), 3, "requests");
    },
  },
  {
    name: "pages: awaited, a list is its first page as plain data, and its pages can be iterated",
    async run() {
      const { angelcam } = setUp();
      const page = await angelcam.cameras.list({ limit: 8 });
      equal(structuredClone(page), page, "a copy of the page");
      const sizes = [];
      for await (const { results } of angelcam.cameras.list({ limit: 8 }).pages()) sizes.push(results.length);
      equal([page.results.length, sizes], [8, [8, 4]], "cameras, and what follows");
    },
  },
  {
    name: "pages: toArray reads no page that it does not need",
    async run() {
      const { sandbox, angelcam } = setUp({ sandbox: { cameras: 250 } });
      equal((await angelcam.cameras.list().toArray({ max: 100 })).length, 100, "cameras");
      equal(sandbox.count({ operation: "cameras.list" }), 1, "requests");
    },
  },
  {
    name: "pages: a break ends the walk, and its requests",
    async run() {
      const { sandbox, angelcam } = setUp({ sandbox: { cameras: 250 } });
      for await (const camera of angelcam.cameras.list()) {
        truth(camera.id > 0, "there is a camera");
        break;
      }
      equal(sandbox.count({ operation: "cameras.list" }), 1, "requests");
    },
  },
];
