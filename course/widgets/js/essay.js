import { h, rich, say, sayMany } from "./core.js";
import { draw_quoted, writingBox } from "./write.js";

// essay: several boxes, read by a person. Value: {field: text}, with the boxes that hold something.
export function draw_essay(ctx) {
  const { item, uid, words } = ctx;
  const boxes = item.fields.map((field) => [field.id, writingBox({ uid, name: field.id, label: rich(field.prompt), lines: field.lines, max: field.max_words,
    words, typing: ctx.typing, changed: ctx.changed })]);
  const read = () => Object.fromEntries(boxes.map(([id, box]) => [id, box.read()]).filter(([, text]) => text.trim()));
  return {
    element: h("div", { class: "sw-essay" }, item.units.length ? draw_quoted(item.units) : null, boxes.map(([, box]) => box.element), rubric(words, item.criteria)),
    read: () => (Object.keys(read()).length ? read() : null),
    write: (value) => boxes.forEach(([id, box]) => box.write(value?.[id] ?? "")),
    flush: () => boxes.forEach(([, box]) => box.flush()),
    ready: () => (Object.keys(read()).length ? null : say(words, "write.nothing")),
  };
}

function rubric(words, criteria) {
  if (!criteria.length) return null;
  return h("details", { class: "sw-rubric" }, h("summary", null, say(words, "essay.rubric")),
    h("ul", null, criteria.map((one) => h("li", null, h("strong", null, one.name), " · ", sayMany(words, "essay.points", one.points),
      Object.keys(one.levels).length ? h("ul", null, Object.entries(one.levels).map(([level, text]) => h("li", null, `${level}: `, rich(text)))) : null))));
}
