import { h, icon, say, sayMany, signOf } from "./core.js";
import { drawPassage, letStick, shortened } from "./passage.js";
import { answerOf, classNameOf, drawClause, focusClause, isComplete, noteClause, redrawClause } from "./clause.js";

const LONG_TEXT = 1800;
const MANY_CLAUSES = 12;
const WIDE = 640;

// classify: the same questions asked of each clause of a text. Value: {unit: {question: option}}, only what was chosen and
// is asked; null while nothing is. A short set is a list of cards below the passage; a text of article length is read
// with the questions of one clause beside it, or below its paragraph where there is no room beside.
export function draw_classify(ctx) {
  const { item, words } = ctx;
  const sheet = { ctx, chosen: {}, confidence: {}, clauses: new Map(), current: null, complete: new Set(), feedback: null, outcomes: new Map() };
  sheet.text = (id, values) => say(words, `classify.${id}`, values);
  sheet.passage = inTextOrder(item.units) ? drawPassage({ ...item, cut: false }) : null;
  item.units.forEach((unit, i) => { sheet.chosen[unit.id] = {}; sheet.clauses.set(unit.id, makeClause(sheet, unit, i + 1)); });
  sheet.progress = h("p", { class: "sw-labelled-line" });
  sheet.bar = h("span", { class: "sw-labelled-fill" });
  const long = [...item.units, ...(item.context ?? [])].reduce((sum, unit) => sum + unit.text.length, 0) > LONG_TEXT;
  sheet.reader = Boolean(sheet.passage) && (long || item.units.length > MANY_CLAUSES);
  sheet.element = h("div", { class: `sw-classify ${sheet.reader ? "sw-reader" : "sw-sheet"}`, onkeydown: (event) => pageKeys(sheet, event) });
  sheet.element.append(...(sheet.reader ? drawReader(sheet) : drawCards(sheet)));
  sheet.passage?.element.addEventListener("click", (event) => clausePressed(sheet, event));
  recount(sheet, false);
  if (sheet.reader) letStick(sheet.element);
  return {
    element: sheet.element,
    read: () => readSheet(sheet),
    write: (value) => writeSheet(sheet, value),
    ready: () => readyToCompare(sheet),
    readConfidence: () => (Object.keys(sheet.confidence).length ? { ...sheet.confidence } : null),
    writeConfidence: (value) => writeConfidence(sheet, value),
    lock: (feedback) => drawOutcomes(sheet, feedback),
    focusFirst: () => goTo(sheet, sheet.current ?? item.units[0].id),
  };
}

// Check waits until every clause has an answer, so that nobody uses up the try that gives hints on half of the work.
function readyToCompare(sheet) {
  const open = sheet.ctx.item.units.length - sheet.complete.size;
  if (readSheet(sheet) === null) return say(sheet.ctx.words, "check.nothing");
  return open ? sayMany(sheet.ctx.words, "classify.open", open) : null;
}

const inTextOrder = (units) => units.every((unit, i) => i === 0 || unit.paragraph >= units[i - 1].paragraph);

function makeClause(sheet, unit, number) {
  return drawClause({ ctx: sheet.ctx, unit, number, chosen: sheet.chosen[unit.id], confidence: sheet.confidence,
    changed: () => answered(sheet, unit.id),
    cleared: () => { answered(sheet, unit.id); sheet.ctx.announce(sheet.text("cleared", { n: number })); },
    advance: () => advance(sheet, unit.id) });
}

// ---- the short set: the passage once, then a card for each clause

function drawCards(sheet) {
  const { item, uid } = sheet.ctx;
  const cards = item.units.map((unit, i) => {
    const text = h("p", { class: "sw-clause-text sw-text", id: `${uid}-${unit.id}-text`, dir: "auto" }, unit.text);
    const number = h("span", { class: "sw-clause-number", id: `${uid}-${unit.id}-number` }, h("span", { class: "sw-unseen" }, sheet.text("clause"), " "), String(i + 1));
    const first = i > 0 && item.units[i - 1].paragraph !== unit.paragraph ? " sw-new-paragraph" : "";
    return h("div", { class: `sw-clause-card${first}`, "data-clause": unit.id, role: "group", "aria-labelledby": `${number.id} ${text.id}` },
      h("div", { class: "sw-clause-head" }, number, text), sheet.clauses.get(unit.id).element);
  });
  const shown = sheet.passage && sheet.passage.units.size > 1 ? h("div", { class: "sw-whole" }, sheet.passage.element) : null;
  return [shown, progressLine(sheet), h("div", { class: "sw-clause-cards" }, cards)].filter(Boolean);
}

function progressLine(sheet) {
  return h("div", { class: "sw-labelled" }, sheet.progress, h("span", { class: "sw-labelled-track", "aria-hidden": true }, sheet.bar));
}

// ---- article length: the passage with the clause in hand, and its questions beside or below it

function drawReader(sheet) {
  const { uid } = sheet.ctx;
  sheet.heading = h("p", { class: "sw-desk-number", id: `${uid}-panel` });
  sheet.quote = h("p", { class: "sw-desk-quote sw-text", id: `${uid}-quote`, dir: "auto" });
  sheet.slot = h("div", { class: "sw-desk-slot" });
  sheet.back = stepButton(sheet, "back", -1);
  sheet.on = stepButton(sheet, "on", 1);
  sheet.open = h("button", { type: "button", class: "sw-act sw-next-open", onclick: () => nextOpen(sheet) }, sheet.text("next_open"));
  sheet.panel = h("div", { class: "sw-desk", role: "group", "aria-labelledby": `${uid}-panel ${uid}-quote` },
    sheet.heading, sheet.quote, sheet.slot, h("div", { class: "sw-desk-foot" }, sheet.back, sheet.on, sheet.open));
  sheet.aside = h("div", { class: "sw-aside" }, sheet.panel);
  if (globalThis.ResizeObserver) new ResizeObserver(() => { sheet.element.closest(".sw")?.classList.add("sw-broad"); placePanel(sheet); }).observe(sheet.element);
  showClause(sheet, sheet.ctx.item.units[0].id);
  return [progressLine(sheet), h("div", { class: "sw-columns" }, sheet.passage.element, sheet.aside)];
}

function stepButton(sheet, id, step) {
  return h("button", { type: "button", class: "sw-act", onclick: () => stepFrom(sheet, sheet.current, step) }, sheet.text(id));
}

function showClause(sheet, unitId) {
  const clause = sheet.clauses.get(unitId);
  const count = sheet.clauses.size;
  if (sheet.current) sheet.passage.units.get(sheet.current).element.removeAttribute("aria-current");
  sheet.current = unitId;
  sheet.passage.units.get(unitId).element.setAttribute("aria-current", "true");
  sheet.heading.textContent = sheet.text("clause_of", { n: clause.number, count });
  sheet.quote.textContent = shortened(clause.unit.text, 140);
  sheet.slot.replaceChildren(clause.element);
  sheet.back.setAttribute("aria-disabled", String(clause.number === 1));
  sheet.on.setAttribute("aria-disabled", String(clause.number === count));
  placePanel(sheet);
}

// Beside the text where there is room, else below the paragraph of the clause. Moving it keeps what is in focus.
function placePanel(sheet) {
  const wide = sheet.element.clientWidth >= WIDE;
  const { paragraph } = sheet.passage.units.get(sheet.current);
  const home = wide ? sheet.aside : paragraph;
  sheet.element.classList.toggle("sw-wide", wide);
  if (wide ? sheet.panel.parentNode === home : sheet.panel.previousSibling === home) return;
  const focused = sheet.panel.contains(document.activeElement) ? document.activeElement : null;
  if (wide) home.append(sheet.panel);
  else home.after(sheet.panel);
  focused?.focus({ preventScroll: true });
}

function clausePressed(sheet, event) {
  const unitId = event.target.closest?.("[data-unit]")?.dataset.unit;
  if (sheet.clauses.has(unitId) && getSelection().isCollapsed) goTo(sheet, unitId);
}

// ---- going from clause to clause

function goTo(sheet, unitId) {
  const clause = sheet.clauses.get(unitId);
  if (sheet.reader) showClause(sheet, unitId);
  focusClause(clause);
  const wanted = sheet.reader ? [sheet.passage.units.get(unitId).element, sheet.panel] : [clause.element.closest(".sw-clause-card")];
  wanted.forEach((element) => element.scrollIntoView({ block: "nearest" }));
}

function stepFrom(sheet, unitId, step) {
  const ids = [...sheet.clauses.keys()];
  const next = ids[ids.indexOf(unitId) + step];
  if (next) goTo(sheet, next);
  else sheet.ctx.announce(sheet.text(step < 0 ? "is_first" : "is_last"));
}

function nextOpen(sheet) {
  const ids = [...sheet.clauses.keys()];
  const at = ids.indexOf(sheet.current);
  const open = [...ids.slice(at + 1), ...ids.slice(0, at + 1)].find((id) => !sheet.complete.has(id));
  if (open) goTo(sheet, open);
  else sheet.ctx.announce(sheet.text("all_done", { count: ids.length }));
}

function advance(sheet, unitId) {
  const ids = [...sheet.clauses.keys()];
  if (ids.at(-1) !== unitId) stepFrom(sheet, unitId, 1);
}

function pageKeys(sheet, event) {
  const step = { PageDown: 1, PageUp: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const unitId = sheet.reader ? sheet.current : event.target.closest(".sw-clause-card")?.dataset.clause;
  if (unitId) stepFrom(sheet, unitId, step);
}

// ---- answers

function readSheet(sheet) {
  const { questions } = sheet.ctx.item;
  const found = [...sheet.clauses.keys()].map((id) => [id, answerOf(questions, sheet.chosen[id])]).filter(([, answer]) => Object.keys(answer).length);
  return found.length ? Object.fromEntries(found) : null;
}

function answered(sheet, unitId) {
  const before = sheet.complete.has(unitId);
  recount(sheet, true, unitId);
  sheet.ctx.changed();
  if (sheet.complete.has(unitId) !== before) sheet.ctx.announce(sheet.progress.textContent);
}

function recount(sheet, some, only) {
  const { questions } = sheet.ctx.item;
  const ids = [...sheet.clauses.keys()];
  for (const id of some ? [only] : ids) {
    sheet.complete[isComplete(questions, sheet.chosen[id]) ? "add" : "delete"](id);
    tagClause(sheet, id);
  }
  sheet.progress.textContent = sheet.text("progress", { n: sheet.complete.size, count: ids.length });
  sheet.bar.style.inlineSize = `${(100 * sheet.complete.size) / ids.length}%`;
}

function writeSheet(sheet, value) {
  for (const [id, clause] of sheet.clauses) {
    Object.keys(clause.chosen).forEach((question) => delete clause.chosen[question]);
    Object.assign(clause.chosen, knownAnswers(sheet.ctx.item.questions, value?.[id]));
    redrawClause(clause);
  }
  recount(sheet, false);
}

function knownAnswers(questions, given) {
  const known = questions.filter(({ id, options }) => options.some((option) => option.id === given?.[id]));
  return Object.fromEntries(known.map(({ id }) => [id, given[id]]));
}

function writeConfidence(sheet, value) {
  Object.keys(sheet.confidence).forEach((id) => delete sheet.confidence[id]);
  if (value && typeof value === "object") Object.assign(sheet.confidence, value);
  sheet.clauses.forEach(redrawClause);
}

// ---- what the passage shows of an answer: a short tag after each clause, in words

function tagClause(sheet, unitId) {
  const unit = sheet.passage?.units.get(unitId);
  if (!unit) return;
  unit.element.querySelector(".sw-tag")?.remove();
  const said = tagWords(sheet, unitId);
  const outcome = sheet.outcomes.get(unitId);
  if (!said && !outcome) return;
  unit.element.append(h("small", { class: `sw-tag sw-clause-tag${outcome ? ` sw-is-${signOf(outcome)}` : ""}` }, outcome ? icon(signOf(outcome)) : null,
    h("span", { class: "sw-unseen" }, " ("), [said, outcome && sheet.text(`outcome.${outcome}`)].filter(Boolean).join(" · "), h("span", { class: "sw-unseen" }, ") ")));
}

function tagWords(sheet, unitId) {
  const { item, words } = sheet.ctx;
  const answer = answerOf(item.questions, sheet.chosen[unitId]);
  const name = item.show_class && classNameOf(item.classes, answer);
  if (name) return name;
  return item.questions.filter(({ id }) => id in answer).map(({ id, options }) => words[`classify.short.${id}.${answer[id]}`]
    ?? options.find((option) => option.id === answer[id]).text).join(" · ");
}

function drawOutcomes(sheet, feedback) {
  if (!feedback && !sheet.feedback) return true;
  sheet.feedback = feedback;
  sheet.outcomes.clear();
  for (const [id, clause] of sheet.clauses) {
    const outcome = noteClause(clause, feedback?.parts ?? []);
    if (outcome) sheet.outcomes.set(id, outcome);
    tagClause(sheet, id);
  }
  return true;
}
