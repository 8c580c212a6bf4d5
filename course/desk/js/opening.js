import { h } from "./core.js";
import { wearDesk } from "./host.js";

// What a notebook may save holds no answer, key or mark: all of that is asked for when a page opens, and drawn when it comes.
// `draw(opened)` draws it and returns what takes it down again; `words` are for a kernel that is silent, or gone.
export function whenOpened(transport, el, words, patience, draw) {
  wearDesk();
  const told = h("p", { class: "sd-note", role: "status" }, "Opening the desk…");
  el.replaceChildren(h("div", { class: "sw sd" }, told));
  let takeDown = null;
  const silent = setTimeout(() => { told.textContent = words.silent; }, patience);
  const stops = [
    transport.on("message", (message) => {
      if (takeDown || !["opened", "problem"].includes(message?.kind)) return;
      clearTimeout(silent);
      if (message.kind === "opened") takeDown = draw(message);
      else told.textContent = message.why;
    }),
    transport.on("lost", () => { told.textContent = words.gone; }),
  ];
  try {
    transport.send({ kind: "open" });
  } catch {
    told.textContent = words.gone;
  }
  return () => {
    clearTimeout(silent);
    stops.forEach((stop) => stop());
    takeDown?.();
  };
}
