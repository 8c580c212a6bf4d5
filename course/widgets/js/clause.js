import { choices, h, partNote, say } from "./core.js";

// The third question depends on the first two: a source's words stand inside marks or not; the text's own facts show how
// it knows or not; of anything else it is not asked. Where "how" is the only question, all of it is asked.
const HOWS = { source: ["marks", "no-marks"], author: ["shown", "not-shown"] };

export function howsAsked(questions, answer) {
  if (!questions.some((question) => question.id === "voice")) return null;
  if (answer.kind === "lost" || (answer.voice === "author" && answer.kind && answer.kind !== "fact")) return [];
  if (answer.voice === "author" && !answer.kind && questions.some((question) => question.id === "kind")) return [];
  return HOWS[answer.voice] ?? [];
}

// What an answer to one clause amounts to: only questions that are asked of it, so that a "how" left over from another
// voice does not count.
export function answerOf(questions, chosen) {
  const hows = howsAsked(questions, chosen);
  const kept = questions.filter(({ id }) => chosen[id] !== undefined && (id !== "how" || !hows || hows.includes(chosen.how)));
  return Object.fromEntries(kept.map(({ id }) => [id, chosen[id]]));
}

export function isComplete(questions, chosen) {
  const answer = answerOf(questions, chosen);
  const hows = howsAsked(questions, chosen);
  const open = !chosen.voice || (!chosen.kind && questions.some(({ id }) => id === "kind"));
  return questions.every(({ id }) => id in answer || (id === "how" && hows?.length === 0 && !open));
}

export function classNameOf(classes, answer) {
  const found = (classes ?? []).find((one) => one.voice === answer.voice && one.kind === answer.kind && (one.how ?? null) === (answer.how ?? null));
  return found?.name ?? null;
}

// The questions of one clause: a group of radios each, the class they add up to, how sure one is, Clear, and feedback.
//   {ctx, unit, number, chosen (its own answers, changed in place), changed(), cleared(), advance()}
export function drawClause({ ctx, unit, number, chosen, confidence, changed, cleared, advance }) {
  const { item, uid, words } = ctx;
  const clause = { ctx, unit, number, chosen, confidence, groups: [], advance };
  clause.groups = item.questions.map((question) => drawGroup(clause, question, changed));
  if (item.confidence_units.includes(unit.id)) clause.sure = drawSureness(clause, changed);
  clause.named = item.show_class ? h("p", { class: "sw-class" }) : null;
  clause.clear = h("button", { type: "button", class: "sw-act sw-clear", "aria-label": say(words, "classify.clear_this", { n: number }), onclick: () => {
    Object.keys(chosen).forEach((id) => delete chosen[id]);
    delete confidence[unit.id];
    redrawClause(clause);
    cleared();
    focusClause(clause);
  } }, say(words, "classify.clear"));
  clause.notes = h("div", { class: "sw-clause-notes", id: `${uid}-${unit.id}-notes` });
  clause.element = h("div", { class: "sw-clause-questions", onkeydown: (event) => digitPressed(clause, event) },
    clause.groups.map((group) => group.box.element), clause.sure?.element, h("div", { class: "sw-clause-foot" }, clause.named, clause.clear), clause.notes);
  redrawClause(clause);
  return clause;
}

function drawGroup(clause, question, changed) {
  const { uid, item } = clause.ctx;
  const box = choices({ uid: `${uid}-${clause.unit.id}`, name: question.id, legend: question.prompt, look: "chips", options: question.options,
    changed: ([id]) => { clause.chosen[question.id] = id; redrawClause(clause); changed(); } });
  if (item.questions.length === 1) box.element.classList.add("sw-lone");
  return { question, box };
}

function drawSureness(clause, changed) {
  const { uid, words } = clause.ctx;
  const options = ["guessing", "leaning", "sure"].map((id) => ({ id, text: say(words, `confidence.${id}`) }));
  const box = choices({ uid: `${uid}-${clause.unit.id}`, name: "confidence", legend: say(words, "confidence.ask"), look: "chips", options,
    changed: ([id]) => { clause.confidence[clause.unit.id] = id; changed(); } });
  box.element.classList.add("sw-sureness");
  return box;
}

// Bring what is on screen in line with what was chosen; nothing is said.
export function redrawClause(clause) {
  const { item, words } = clause.ctx;
  const hows = howsAsked(item.questions, clause.chosen);
  const answer = answerOf(item.questions, clause.chosen);
  for (const { question, box } of clause.groups) {
    box.write(answer[question.id] === undefined ? [] : [answer[question.id]]);
    if (question.id === "how" && hows) askHow(box, hows);
  }
  clause.sure?.write(clause.confidence[clause.unit.id] ? [clause.confidence[clause.unit.id]] : []);
  clause.clear.hidden = !Object.keys(answer).length && !clause.confidence[clause.unit.id];
  if (!clause.named) return;
  const name = classNameOf(item.classes, answer);
  const done = isComplete(item.questions, clause.chosen);
  const line = name ? [`${say(words, "classify.class")} `, h("strong", null, name)] : [say(words, "classify.no_class")];
  clause.named.replaceChildren(...(done ? line : []));
}

function askHow(box, hows) {
  box.element.hidden = hows.length === 0;
  box.inputs.forEach((input, id) => { input.closest(".sw-choice").hidden = !hows.includes(id); });
}

const shownInputs = (group) => [...group.box.inputs.values()].filter((input) => !input.closest("[hidden]"));

export function focusClause(clause) {
  const inputs = shownInputs(clause.groups[0]);
  (inputs.find((input) => input.checked) ?? inputs[0])?.focus();
}

// A digit chooses in the group in focus and goes on to the next group that is still open, or to what comes after.
function digitPressed(clause, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const groups = [...clause.groups, ...(clause.sure ? [{ box: clause.sure }] : [])];
  const group = groups.find(({ box }) => box.element.contains(event.target));
  const input = group && shownInputs(group)[Number(event.key) - 1];
  if (!input) return;
  event.preventDefault();
  input.click();
  input.focus();
  const open = groups.find((one) => shownInputs(one).length && !shownInputs(one).some((other) => other.checked));
  if (open) shownInputs(open)[0].focus();
  else clause.advance?.();
}

// Feedback: parts with the unit's id stand below its questions, parts called "unit.question" below that question.
export function noteClause(clause, parts) {
  const { words, uid } = clause.ctx;
  const own = parts.filter((part) => part.id === clause.unit.id || part.id.startsWith(`${clause.unit.id}.`));
  clause.notes.replaceChildren(...own.map((part) => {
    const question = clause.groups.find((group) => part.id === `${clause.unit.id}.${group.question.id}`)?.question;
    return h("div", null, question ? h("p", { class: "sw-note-of" }, question.prompt) : null, partNote(words, part));
  }));
  for (const { box } of clause.groups) {
    if (own.length) box.element.setAttribute("aria-describedby", `${uid}-${clause.unit.id}-notes`);
    else box.element.removeAttribute("aria-describedby");
  }
  const outcomes = new Set(own.map((part) => part.outcome));
  return outcomes.size > 1 ? "partly" : [...outcomes][0] ?? null;
}
