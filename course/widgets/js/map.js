import { h, icon, say, sayMany } from "./core.js";

// All lessons in order: where the learner is, what is answered, what is handed in.
export function drawMap(transport, root) {
  const words = WORDS;
  const told = h("p", { class: "sw-progress" });
  const list = h("ol", { class: "sw-map" });
  const draw = () => {
    const { stages } = transport.get("status");
    told.textContent = say(words, "map.done", { done: stages.filter((one) => one.state === "handed_in").length, total: stages.length });
    list.replaceChildren(...stages.map((one) => mapRow(words, one)));
  };
  root.append(h("p", { class: "sw-prompt" }, say(words, "map.title")), list, told, h("p", { class: "sw-help" }, say(words, "map.how")));
  draw();
  return transport.on("status", draw);
}

function mapRow(words, one) {
  const points = one.points ? sayMany(words, "map.points", one.points) : say(words, "map.no_points");
  const state = [say(words, `map.${one.state}`, one), one.here ? say(words, "map.here") : null].filter(Boolean).join(" · ");
  return h("li", { class: `sw-stage sw-stage-${one.state}${one.here ? " sw-stage-here" : ""}`, "aria-current": one.here ? "step" : null },
    h("span", { class: "sw-stage-number", "aria-hidden": true }, one.state === "handed_in" ? icon("saved") : one.number),
    h("span", { class: "sw-stage-text" },
      h("strong", null, `${one.number} · ${one.title}`), " ",
      h("span", { class: "sw-item-state" }, `${say(words, "map.minutes", one)} · ${points}`), h("br"),
      h("span", { class: "sw-stage-file" }, one.file)),
    h("span", { class: "sw-stage-state" }, state));
}

// The first test beside the last one: two counts, their difference, and how far chance alone could move it.
export function drawGrowth(transport, root) {
  const words = WORDS;
  const body = h("div", { class: "sw-growth", "aria-live": "polite" });
  const draw = () => body.replaceChildren(...growthLines(words, transport.get("status")));
  root.append(h("p", { class: "sw-prompt" }, say(words, "growth.title")), body);
  draw();
  return transport.on("status", draw);
}

function growthLines(words, status) {
  if (status.state !== "open") return [h("p", null, say(words, `growth.${status.state}`))];
  const [before, of] = status.first;
  const [after, ofLast] = status.last;
  const clauses = (share) => (Math.round(share * ofLast * 2) / 2).toLocaleString(undefined, { signDisplay: "exceptZero" });
  const moved = after - before;
  const change = moved > 0 ? "more" : moved < 0 ? "fewer" : "same";
  const meaning = status.low > 0 ? "above" : status.high < 0 ? "below" : "open";
  return [
    testLine(words, "growth.first", before, of), testLine(words, "growth.last", after, ofLast),
    h("p", null, h("strong", null, say(words, `growth.${change}`, { n: Math.abs(moved) }))),
    h("p", null, say(words, "growth.interval", { low: clauses(status.low), high: clauses(status.high) })),
    h("p", null, say(words, `growth.${meaning}`)),
  ];
}

function testLine(words, name, right, of) {
  return h("div", { class: "sw-test" }, h("span", { class: "sw-test-name" }, say(words, name)),
    h("span", { class: "sw-bar", "aria-hidden": true }, h("span", { class: "sw-bar-done", style: `inline-size:${(100 * right) / of}%` })),
    h("span", { class: "sw-test-count" }, say(words, "growth.test", { right, of })));
}
