import { bare, h, rich } from "./core.js";
import { levelOf } from "./host.js";
import { marksOf } from "./letters.js";

// The rubric of one answer: a card a criterion, the current one open with its levels in words.
// hooks: {set(criterion, level), choose(place)} -> {element, show(answer, current), focus(place), criteria}
export function drawCriteria(item, uid, book, hooks) {
  const cards = item.criteria.map((criterion, place) => criterionCard(criterion, place, uid, hooks));
  const sum = h("p", { class: "sd-sum" });
  const show = (answer, current, extra) => {
    cards.forEach((card, place) => showCard(card, marksOf(book, answer.id), place === current, extra));
    sum.textContent = sumLine(item, marksOf(book, answer.id));
  };
  return { element: h("div", { class: "sd-criteria" }, cards.map((card) => card.element), sum), show, criteria: item.criteria, item,
    // On the level that is given, else on the name: a stray Space must not give one.
    focus: (place, options) => (cards[place].buttons.find((button) => button.getAttribute("aria-pressed") === "true") ?? cards[place].name).focus(options) };
}

function criterionCard(criterion, place, uid, hooks) {
  const id = `${uid}-c${place}`;
  const given = h("span", { class: "sd-given" });
  const name = h("button", { type: "button", class: "sd-criterion-name", id, onclick: () => hooks.choose(place) }, h("span", null, criterion.name));
  const buttons = criterion.steps.map((step) => h("button", { type: "button", class: "sd-level", "aria-pressed": false, "data-step": step, "aria-label": stepName(criterion, step),
    onclick: () => hooks.set(place, step) }, String(step)));
  const said = Object.entries(criterion.levels).map(([level, text]) => h("li", { class: "sd-said-row", "data-step": level }, h("span", { class: "sd-said-level" }, level), h("span", { class: "sd-said-text" }, rich(text))));
  const others = h("div", { class: "sd-others" });
  const beside = h("div", { class: "sd-beside" });
  const list = h("ul", { class: "sd-said" }, said);
  const element = h("section", { class: "sd-criterion", role: "group", "aria-labelledby": id, "data-criterion": criterion.id },
    h("div", { class: "sd-criterion-head" }, name, given), h("div", { class: "sd-levels" }, buttons), list, beside, others);
  return { criterion, element, name, given, buttons, said, list, others, beside };
}

function stepName(criterion, step) {
  const text = criterion.levels[String(step)];
  return text ? `${step}: ${bare(text)}` : `${step} of ${criterion.points}, not described`;
}

function showCard(card, marks, current, extra) {
  const { criterion } = card;
  const level = marks.levels[criterion.id] ?? null;
  card.element.classList.toggle("sd-current", current);
  card.element.classList.toggle("sd-done", level !== null);
  card.name.setAttribute("aria-expanded", String(current));
  card.list.hidden = !current || !card.said.length;
  card.given.textContent = level === null ? "no level yet" : levelOf(level, criterion);
  for (const button of card.buttons) {
    button.setAttribute("aria-pressed", String(Number(button.dataset.step) === level));
    button.tabIndex = current ? 0 : -1;
  }
  for (const row of card.said) row.classList.toggle("sd-is-given", Number(row.dataset.step) === level);
  const lines = marks.others.filter((one) => one.criterion === criterion.id);
  card.others.replaceChildren(...lines.map((one) => h("p", { class: "sd-other", dir: "auto" }, otherLine(one))));
  card.beside.replaceChildren(...(extra?.(criterion, level) ?? []));
}

// A line of the file that is somebody else's, or that the desk does not change.
export function otherLine({ marker, level, comment }, criterion = "") {
  if (comment.startsWith("the markers differ") && !level) return `In the file, ${comment}`;
  return `In the file${marker ? ` by ${marker}` : ""}: ${[[criterion, level].filter(Boolean).join(" "), comment].filter(Boolean).join(" · ")}`;
}

export function isMarked(item, marks) {
  return item.criteria.every((one) => (marks.levels[one.id] ?? null) !== null);
}

// Whether an answer waits for nobody: it has not changed since it was marked, and this marker has given every level, or others have, or somebody gave the points as such.
export function isDone(item, marks) {
  return !marks.changed && (marks.others.some((line) => line.criterion === "points" && line.level) || item.criteria.every((one) => (marks.levels[one.id] ?? null) !== null || marks.others.some((line) => line.criterion === one.id && line.level)));
}

function sumLine(item, marks) {
  const given = item.criteria.filter((one) => (marks.levels[one.id] ?? null) !== null);
  if (given.length < item.criteria.length) return `${given.length} of ${item.criteria.length} criteria have a level.`;
  const most = item.criteria.reduce((total, one) => total + one.points, 0) || 1;
  const share = item.criteria.reduce((total, one) => total + marks.levels[one.id], 0) / most;
  return `All levels given: ${Math.round(share * item.points * 100) / 100} of ${item.points} points.`;
}
