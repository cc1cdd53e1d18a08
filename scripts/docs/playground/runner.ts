// The script of the sandboxed frame: it starts a worker for each run, and passes messages between worker and page. The
// frame has an origin of its own and a policy that allows no request.

const source = document.getElementById("worker")?.textContent ?? "";
const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
let worker: Worker | undefined;

addEventListener("message", ({ data, source: sender }) => {
  if (sender !== parent) return;
  worker?.terminate();
  worker = undefined;
  if (data.type !== "run") return;
  const started = new Worker(address);
  worker = started;
  started.addEventListener("message", ({ data: event }) => {
    if (event.type === "ready") started.postMessage(data.request);
    else parent.postMessage({ run: data.run, event }, "*");
  });
  started.addEventListener("error", ({ message }) => {
    parent.postMessage({ run: data.run, event: { type: "done", error: { message } } }, "*");
  });
});
parent.postMessage({ ready: true }, "*");
