import { h, say, sayMany } from "./core.js";
import { drawPassage, letStick, paintUnit, shortened, spanOf, tokensAt } from "./passage.js";
import { addMark, inOrder, keyOf, readMarks, relabelMark, removeMark } from "./marks.js";
import { wordChooser } from "./selecting.js";
import { drawPalette, hueOf } from "./palette.js";
import { drawMarkList } from "./marklist.js";

// mark: labelled spans in running text. Value: list of {label, unit, start, end, quote} in the order of the text; [] after
// "nothing to mark"; null while nothing was done. Two ways lead to a mark: choose words, then a label; or take up a label,
// and every choice of words gets it until it is put down. A press on marked words picks that mark, to relabel or remove it.
export function draw_mark(ctx) {
  const { item, uid, words } = ctx;
  const passage = drawPassage(item);
  const pad = { ctx, passage, labels: item.labels, marks: [], nothing: false, past: [], future: [], pen: null, picked: null, feedback: null, painted: new Map() };
  pad.text = (id, values) => say(words, `mark.${id}`, values);
  pad.nameOf = (id) => pad.labels.find((label) => label.id === id)?.name ?? id;
  pad.palette = drawPalette({ uid, words, labels: item.labels, hooks: {
    label: (id) => labelPressed(pad, id), undo: () => goBack(pad), remove: () => removePicked(pad), leave: () => pad.chooser.focus() } });
  pad.chooser = wordChooser(passage, chooserHooks(pad));
  pad.list = drawMarkList(pad, { show: (mark) => showMark(pad, mark), relabel: (mark, label) => relabel(pad, mark, label), remove: (mark) => removeFromList(pad, mark) });
  pad.nothingBox = h("input", { type: "checkbox", id: `${uid}-nothing`, onchange: () => nothingPressed(pad) });
  const element = drawPad(pad);
  letStick(element);
  showLine(pad);
  return {
    element,
    read: () => (pad.marks.length ? pad.marks : pad.nothing ? [] : null),
    write: (value) => drawValue(pad, value),
    lock: (feedback) => drawFeedback(pad, feedback),
    focusFirst: () => pad.chooser.focus(),
  };
}

function drawPad(pad) {
  const { uid } = pad.ctx;
  const help = h("p", { class: "sw-unseen", id: `${uid}-keys` }, pad.text("keys"));
  Object.entries({ role: "group", "aria-label": pad.text("passage"), "aria-describedby": help.id }).forEach(([name, value]) => pad.passage.element.setAttribute(name, value));
  pad.element = h("div", { class: "sw-mark", "data-marks": 0, onkeydown: (event) => chordPressed(pad, event) },
    helpBox(pad), pad.palette.element, help, pad.passage.element, pad.list.element,
    pad.ctx.item.nothing ? h("div", { class: "sw-nothing" }, h("label", { class: "sw-nothing-label" }, pad.nothingBox, h("span", null, pad.text("nothing")))) : null);
  return pad.element;
}

function helpBox(pad) {
  const ways = ["mouse", "touch", "arrows", "digits", "pick", "pen"].map((way) => h("li", null, pad.text(`help.${way}`)));
  return h("details", { class: "sw-mark-help" }, h("summary", null, pad.text("help")),
    h("ul", null, ways), h("dl", { class: "sw-label-list" }, pad.labels.map((label) => h("div", null,
      h("dt", null, h("span", { class: `sw-sample sw-hue-${hueOf(pad.labels, label.id)}` }, label.name)), h("dd", null, label.hint)))));
}

function chooserHooks(pad) {
  return {
    wordName: pad.text("word"),
    covered: () => pad.palette.height(),
    about: (token) => tagsOver(pad, token),
    pressed: (word) => pickMarkAt(pad, word),
    opened: () => pad.ctx.announce(lineOf(pad)),
    chosen: () => (pad.pen ? markRange(pad, pad.pen) : rangeChosen(pad)),
    moved: () => { dropStalePick(pad); showLine(pad); },
    enter: () => pad.palette.focus(),
    key: (event) => keyOnText(pad, event),
  };
}

// ---- what is chosen, picked, taken up

const quoteOf = (pad, { from, to }) => {
  const [first, last] = [pad.passage.words[from], pad.passage.words[to]];
  if (first.unit === last.unit) return shortened(spanOf(first, last).quote);
  return `${shortened(first.text, 20)} … ${shortened(last.text, 20)}`;
};

function lineOf(pad) {
  const { range, open } = pad.chooser;
  const label = pad.pen && pad.nameOf(pad.pen);
  const quote = range && quoteOf(pad, range);
  if (pad.picked) return pad.text("picked", { quote: shortened(pad.picked.quote), label: pad.nameOf(pad.picked.label) });
  if (open) return pad.text(pad.pen ? "first_pen" : "first", { quote, label });
  if (range) return pad.text("chosen", { quote });
  return pad.pen ? pad.text("pen", { label }) : pad.text("idle");
}

function showLine(pad) {
  if (!pad.chooser) return;
  pad.palette.show({ said: lineOf(pad), pressed: pad.picked?.label ?? pad.pen, canUndo: pad.past.length > 0, canRemove: Boolean(pad.picked) });
}

function rangeChosen(pad) {
  pad.picked = null;
  paintPicked(pad);
  showLine(pad);
  pad.ctx.announce(pad.text("chosen", { quote: quoteOf(pad, pad.chooser.range) }));
}

const tokenSpan = (pad, mark) => tokensAt(pad.passage.units.get(mark.unit), mark);

function marksAt(pad, word) {
  const token = pad.passage.words[word];
  const place = token.unit.tokens.indexOf(token);
  return pad.marks.filter((mark) => {
    const span = mark.unit === token.unit.id && tokenSpan(pad, mark);
    return span && span.from <= place && place <= span.to;
  });
}

// A press on marked words picks the mark; further presses go through the marks that lie there, then let go.
function pickMarkAt(pad, word) {
  if (pad.pen) return false;
  const here = marksAt(pad, word).reverse();
  const next = pad.picked ? here.indexOf(pad.picked) + 1 : 0;
  const mark = here[next] ?? null;
  const letGo = !mark && pad.picked;
  pick(pad, mark);
  if (mark) pad.ctx.announce(pad.text("picked", { quote: shortened(mark.quote), label: pad.nameOf(mark.label) }));
  return Boolean(mark) || Boolean(letGo && here.length);
}

function pick(pad, mark) {
  pad.picked = mark;
  if (mark && pad.chooser.range) pad.chooser.clear();
  paintPicked(pad);
  showLine(pad);
}

function paintPicked(pad) {
  pad.element.querySelectorAll(".sw-picked").forEach((node) => node.classList.remove("sw-picked"));
  if (!pad.picked) return;
  pad.element.querySelectorAll("[data-mark]").forEach((node) => node.classList.toggle("sw-picked", node.dataset.mark === keyOf(pad.picked)));
}

function dropStalePick(pad) {
  if (!pad.picked || (!pad.chooser.range && marksAt(pad, pad.chooser.here).includes(pad.picked))) return;
  pad.picked = null;
  paintPicked(pad);
}

function labelPressed(pad, label) {
  if (pad.picked) relabel(pad, pad.picked, label);
  else if (pad.chooser.range) markRange(pad, label);
  else return takeUp(pad, pad.pen === label ? null : label);
  return pad.chooser.focus();
}

function takeUp(pad, label) {
  pad.ctx.announce(pad.text(label ? "pen" : "pen_down", { label: pad.nameOf(label ?? pad.pen) }));
  pad.pen = label;
  showLine(pad);
}

function showMark(pad, mark) {
  const span = tokenSpan(pad, mark);
  const word = span && pad.passage.units.get(mark.unit).tokens[span.from].after;
  if (word) pad.chooser.focus(word.word, true);
  if (pad.marks.includes(mark)) pick(pad, mark);
}

// ---- keys

function keyOnText(pad, event) {
  const label = pad.labels[Number(event.key) - 1];
  if (label) applyDigit(pad, label.id);
  else if (event.key === "Delete" || event.key === "Backspace") removeHere(pad);
  else return event.key === "Escape" && letGo(pad, event);
  return true;
}

function applyDigit(pad, label) {
  if (pad.picked) return relabel(pad, pad.picked, label);
  if (!pad.chooser.range) pad.chooser.choose(pad.chooser.here, pad.chooser.here);
  return markRange(pad, label);
}

// Escape lets go of one thing at a time, and belongs to the page when there is nothing to let go of.
function letGo(pad, event) {
  if (pad.picked) pick(pad, null);
  else if (pad.chooser.range) { pad.chooser.clear(); pad.ctx.announce(pad.text("cancelled")); }
  else if (pad.pen) takeUp(pad, null);
  else return false;
  event.stopPropagation();
  return true;
}

function chordPressed(pad, event) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  if (key === "z" && !event.shiftKey) goBack(pad);
  else if (key === "y" || key === "z") goForth(pad);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

// ---- changes

const counted = (pad) => sayMany(pad.ctx.words, "mark.count", pad.marks.length);

function commit(pad, marks, nothing, sentence) {
  pad.past.push({ marks: pad.marks, nothing: pad.nothing });
  pad.future = [];
  setMarks(pad, marks, nothing);
  pad.ctx.changed();
  pad.ctx.announce(sentence());
}

function setMarks(pad, marks, nothing) {
  pad.marks = inOrder(marks, [...pad.passage.units.keys()], pad.labels.map((label) => label.id));
  pad.nothing = nothing;
  pad.nothingBox.checked = nothing;
  if (pad.picked && !pad.marks.includes(pad.picked)) pad.picked = null;
  pad.element.dataset.marks = pad.marks.length;
  repaint(pad);
  pad.list.show(pad.marks, pad.feedback);
  showLine(pad);
}

// A choice that reaches over several clauses becomes one mark in each.
function markRange(pad, label) {
  const { from, to } = pad.chooser.range;
  const chosen = pad.passage.words.slice(from, to + 1);
  const units = [...new Set(chosen.map((word) => word.unit))];
  const pieces = units.map((unit) => chosen.filter((word) => word.unit === unit)).map((own) => ({ label, ...spanOf(own[0], own.at(-1)) }));
  let { marks } = pad;
  const outcomes = pieces.map((mark) => { const added = addMark(marks, mark); marks = added.marks; return added; });
  pad.chooser.clear();
  const said = { quote: shortened(pieces[0].quote), label: pad.nameOf(label), n: pieces.length };
  if (marks === pad.marks) return pad.ctx.announce(pad.text("twice", said));
  const old = outcomes[0].old && shortened(outcomes[0].old.quote);
  const id = pieces.length > 1 ? "split" : old ? "replaced" : "marked";
  return commit(pad, marks, false, () => pad.text(id, { ...said, old, count: counted(pad) }));
}

function relabel(pad, mark, label) {
  const said = { quote: shortened(mark.quote), label: pad.nameOf(label) };
  if (label === mark.label) return pad.ctx.announce(pad.text("twice", said));
  pad.picked = null;
  commit(pad, relabelMark(pad.marks, keyOf(mark), label), false, () => pad.text("relabelled", said));
  const now = pad.marks.find((one) => keyOf(one) === keyOf({ ...mark, label }));
  return pick(pad, marksAt(pad, pad.chooser.here).includes(now) ? now : null);
}

function remove(pad, gone) {
  const marks = gone.reduce((rest, mark) => removeMark(rest, keyOf(mark)), pad.marks);
  commit(pad, marks, false, () => pad.text("removed", { quote: shortened(gone[0].quote), label: pad.nameOf(gone[0].label), count: counted(pad) }));
}

function removePicked(pad) {
  if (pad.picked) remove(pad, [pad.picked]);
  pad.chooser.focus();
}

function removeHere(pad) {
  const here = pad.picked ? [pad.picked] : marksAt(pad, pad.chooser.here).slice(-1);
  if (here.length) remove(pad, here);
  else pad.ctx.announce(pad.text("none_here"));
}

function removeFromList(pad, mark) {
  remove(pad, [mark]);
  if (!pad.marks.length) pad.chooser.focus();
}

function nothingPressed(pad) {
  if (pad.marks.length) {
    pad.nothingBox.checked = false;
    return pad.ctx.announce(pad.text("nothing_first"));
  }
  const nothing = pad.nothingBox.checked;
  return commit(pad, [], nothing, () => pad.text(nothing ? "nothing_on" : "nothing_off"));
}

const goBack = (pad) => travel(pad, pad.past, pad.future, "undone");
const goForth = (pad) => travel(pad, pad.future, pad.past, "redone");

function travel(pad, from, to, sentence) {
  const state = from.pop();
  if (!state) return pad.ctx.announce(pad.text(`not_${sentence}`));
  to.push({ marks: pad.marks, nothing: pad.nothing });
  setMarks(pad, state.marks, state.nothing);
  pad.ctx.changed();
  return pad.ctx.announce(pad.text(sentence, { count: counted(pad) }));
}

function drawValue(pad, value) {
  pad.past = [];
  pad.future = [];
  pad.chooser.clear();
  const marks = readMarks(value, [...pad.passage.units.keys()], pad.labels.map((label) => label.id));
  setMarks(pad, marks, Array.isArray(value) && value.length === 0);
}

// ---- painting: only units whose spans changed are touched

function repaint(pad) {
  const wanted = new Map();
  const add = (mark, state) => {
    const span = tokenSpan(pad, mark);
    if (!span) return;
    if (!wanted.has(mark.unit)) wanted.set(mark.unit, []);
    wanted.get(mark.unit).push({ ...span, mark, state, key: keyOf(mark) });
  };
  const states = new Map((pad.feedback?.spans ?? []).map((span) => [keyOf(span), span.state]));
  pad.marks.forEach((mark) => add(mark, states.get(keyOf(mark)) ?? null));
  (pad.feedback?.spans ?? []).filter((span) => span.state === "missed").forEach((span) => add(span, "missed"));
  for (const [id, unit] of pad.passage.units) {
    const spans = wanted.get(id) ?? [];
    const signature = spans.map((span) => `${span.key}:${span.state}`).join(" ");
    if ((pad.painted.get(id) ?? "") === signature) continue;
    pad.painted.set(id, signature);
    paintUnit(unit, spans.map((span) => dressed(pad, span)));
  }
  paintPicked(pad);
}

function dressed(pad, span) {
  const hue = `sw-hue-${hueOf(pad.labels, span.mark.label)}`;
  const state = span.state ? ` sw-state-${span.state}` : "";
  const said = pad.nameOf(span.mark.label) + (span.state ? ` · ${pad.text(`state.${span.state}`)}` : "");
  const tag = h("small", { class: `sw-tag ${hue}${state}`, "data-tag": span.key },
    h("span", { class: "sw-unseen" }, " ("), said, h("span", { class: "sw-unseen" }, ") "));
  return { ...span, name: hue + state, tags: [tag] };
}

// The labels over a word, for whoever hears the text: ids of the tags that end its marks.
function tagsOver(pad, token) {
  const keys = [];
  for (let node = token.node.parentElement; node && node !== token.unit.element; node = node.parentElement) if (node.dataset.mark) keys.push(node.dataset.mark);
  const tags = [...token.unit.element.querySelectorAll("[data-tag]")].filter((tag) => keys.includes(tag.dataset.tag));
  tags.forEach((tag) => { tag.id ||= `${pad.ctx.uid}-tag-${pad.tags = (pad.tags ?? 0) + 1}`; });
  return tags.map((tag) => tag.id).join(" ");
}

// ---- feedback: hits, missed and extra marks on the passage and in the list

function drawFeedback(pad, feedback) {
  if (!feedback && !pad.feedback) return true;
  pad.feedback = feedback;
  repaint(pad);
  pad.list.show(pad.marks, feedback);
  return true;
}
