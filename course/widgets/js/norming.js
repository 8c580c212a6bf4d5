import { h, rich, say } from "./core.js";

// Example essays, each folded, with its marks folded inside it: the reader judges first and compares then.
export function drawNorming(transport, root) {
  const words = WORDS;
  const body = h("div", { class: "sw-norming" });
  const draw = () => {
    const status = transport.get("status");
    body.replaceChildren(...(status.state === "open" ? essayRows(words, status) : [h("p", null, say(words, `norming.${status.state}`))]));
  };
  root.append(h("p", { class: "sw-prompt" }, say(words, "norming.title")), body);
  draw();
  return transport.on("status", draw);
}

function essayRows(words, status) {
  return [h("p", null, say(words, "norming.how")), ...status.essays.map((essay, place) => h("details", { class: "sw-result" },
    h("summary", null, h("strong", null, say(words, "norming.essay", { n: place + 1 }))),
    essay.texts.map((one) => [h("p", { class: "sw-legend" }, one.prompt), h("blockquote", { class: "sw-example", dir: "auto" }, rich(one.text))]),
    h("details", { class: "sw-marks-earned" }, h("summary", null, say(words, "norming.unfold")),
      h("p", null, h("strong", null, say(words, "norming.marks", { total: essay.total, max: status.max }))),
      h("ul", { class: "sw-items" }, status.criteria.map((one) => h("li", null,
        h("strong", null, say(words, "norming.level", { name: one.name, level: essay.marks[one.id], max: one.points })), " ", rich(essay.reasons[one.id])))))))];
}
