import { h, partNote, say } from "./core.js";
import { shortened } from "./passage.js";
import { keyOf } from "./marks.js";
import { hueOf } from "./palette.js";

// The marks of an answer as a list below the text: “quote” · label, to show, relabel or remove. After Check it also holds
// what was missed and says what is right about each. Rows live as long as their mark, so that focus stays where it was.
//   pad: {ctx, labels, nameOf, text}; hooks: show(mark), relabel(mark, label), remove(mark)
export function drawMarkList(pad, hooks) {
  const { uid, words } = pad.ctx;
  const title = h("p", { class: "sw-list-title", id: `${uid}-marks` });
  const empty = h("p", { class: "sw-list-empty" }, say(words, "mark.list_empty"));
  const list = h("ul", { class: "sw-marks", "aria-labelledby": title.id });
  const missedTitle = h("p", { class: "sw-list-title", id: `${uid}-missed` }, say(words, "mark.list_missed"));
  const missed = h("ul", { class: "sw-marks", "aria-labelledby": missedTitle.id });
  const notes = h("div", { class: "sw-label-notes" });
  const rows = new Map();
  const show = (marks, feedback) => {
    title.textContent = say(words, marks.length ? "mark.list" : "mark.list_none", { n: marks.length });
    empty.hidden = marks.length > 0;
    keepRows(pad, { list, rows, marks, hooks });
    const spans = feedback?.spans ?? [];
    rows.forEach((row, key) => noteRow(words, row, spans.find((span) => keyOf(span) === key)));
    const gone = spans.filter((span) => span.state === "missed");
    missed.replaceChildren(...gone.map((span) => missedRow(pad, span, hooks)));
    missedTitle.hidden = missed.hidden = gone.length === 0;
    notes.replaceChildren(...(feedback?.parts ?? []).filter((part) => part.text).map((part) => labelNote(pad, part)));
  };
  show([], null);
  return { element: h("div", { class: "sw-mark-list" }, title, empty, list, missedTitle, missed, notes), show };
}

function keepRows(pad, { list, rows, marks, hooks }) {
  const keys = marks.map(keyOf);
  const focused = list.contains(document.activeElement) ? document.activeElement : null;
  const at = focused ? [...list.children].findIndex((row) => row.contains(focused)) : -1;
  const tool = focused?.dataset.tool;
  [...rows].filter(([key]) => !keys.includes(key)).forEach(([key, row]) => { row.element.remove(); rows.delete(key); });
  marks.forEach((mark, i) => {
    const key = keys[i];
    if (!rows.has(key)) rows.set(key, markRow(pad, mark, hooks));
    rows.get(key).mark = mark;
    if (list.children[i] !== rows.get(key).element) list.insertBefore(rows.get(key).element, list.children[i] ?? null);
  });
  if (!focused || focused === document.activeElement) return;
  const next = list.children[Math.min(at, list.children.length - 1)];
  (next?.querySelector(`[data-tool="${tool}"]`) ?? next?.querySelector("button"))?.focus();
}

function markRow(pad, mark, hooks) {
  const row = { mark };
  const quote = shortened(mark.quote);
  const note = h("div", { class: "sw-mark-note" });
  row.note = note;
  row.element = h("li", { class: `sw-mark-row sw-hue-${hueOf(pad.labels, mark.label)}` },
    h("button", { type: "button", class: "sw-quote", "data-tool": "show", title: pad.text("show"), onclick: () => hooks.show(row.mark) }, `“${quote}”`),
    labelChoice(pad, row, quote, hooks),
    h("button", { type: "button", class: "sw-act", "data-tool": "remove", "aria-label": pad.text("remove_this", { quote }), onclick: () => hooks.remove(row.mark) }, pad.text("remove")),
    note);
  return row;
}

function labelChoice(pad, row, quote, hooks) {
  if (pad.labels.length < 2) return h("span", { class: "sw-tag" }, pad.nameOf(row.mark.label));
  const select = h("select", { class: "sw-relabel", "data-tool": "label", "aria-label": pad.text("relabel_this", { quote }) },
    pad.labels.map((label) => h("option", { value: label.id, selected: label.id === row.mark.label }, label.name)));
  select.addEventListener("change", () => hooks.relabel(row.mark, select.value));
  return select;
}

function noteRow(words, row, span) {
  row.element.classList.remove("sw-state-hit", "sw-state-near", "sw-state-extra");
  if (span) row.element.classList.add(`sw-state-${span.state}`);
  row.note.replaceChildren(...(span ? [partNote(words, span)] : []));
}

function missedRow(pad, span, hooks) {
  const unit = pad.passage.units.get(span.unit);
  const quote = shortened(unit ? [...unit.text].slice(span.start, span.end).join("") : "");
  return h("li", { class: `sw-mark-row sw-state-missed sw-hue-${hueOf(pad.labels, span.label)}` },
    h("button", { type: "button", class: "sw-quote", onclick: () => hooks.show(span) }, `“${quote}”`),
    h("span", { class: `sw-tag sw-hue-${hueOf(pad.labels, span.label)}` }, pad.nameOf(span.label)),
    h("div", { class: "sw-mark-note" }, partNote(pad.ctx.words, span)));
}

function labelNote(pad, part) {
  return h("div", { class: "sw-label-note" }, h("p", { class: "sw-list-title" }, pad.nameOf(part.id)), partNote(pad.ctx.words, part));
}
