import { h, icon, newId, ownKeys, rich, say, sayMany, signOf, startButton, wearStyle } from "./core.js";
import { feedbackDetail } from "./feedback.js";
import { pathfinder } from "./goto.js";
import { drawGrowth, drawMap } from "./map.js";
import { drawNorming } from "./norming.js";
import { withOutbox } from "./outbox.js";

const ARRIVAL = 2500;
const SILENCE = 6000;
const LONG_LIST = 5;

// Draw a panel ("progress", "hand_in", "map", "growth" or "norming") into `el` over a transport; returns what takes it down again.
export function draw_panel(transport, el, name = transport.get("panel")) {
  wearStyle();
  const root = ownKeys(h("div", { class: `sw sw-panel sw-panel-${name}` }));
  el.replaceChildren(root);
  el.classList.add("sw-live");
  const draw = { hand_in: drawHandIn, map: drawMap, growth: drawGrowth, norming: drawNorming }[name] ?? drawProgress;
  return draw(transport, root);
}

function drawProgress(transport, root) {
  const words = WORDS;
  const count = h("p", { class: "sw-progress" });
  const bar = h("span", { class: "sw-bar", "aria-hidden": true }, h("span", { class: "sw-bar-done" }));
  const list = h("ul", { class: "sw-items" });
  const finder = pathfinder(transport, root, words);
  const draw = () => {
    const { answered, total, items } = transport.get("status");
    count.textContent = say(words, "panel.progress", { answered, total });
    bar.firstChild.style.inlineSize = `${total ? (100 * answered) / total : 0}%`;
    list.replaceChildren(...items.map((one) => itemRow(words, one, finder)));
  };
  root.append(count, bar, h("details", { class: "sw-more" }, h("summary", null, say(words, "panel.show")), list), finder.line);
  draw();
  return transport.on("status", draw);
}

function itemRow(words, one, finder) {
  return h("li", { class: `sw-item sw-item-${one.state}` }, icon(one.state === "answered" ? "saved" : "none"),
    h("span", { class: "sw-item-text" }, finder.way(one, h("span", { class: "sw-unseen" }, say(words, "goto.to"), " "), h("span", { class: "sw-item-label", dir: "auto" }, rich(one.label ?? one.id))), " ",
      h("span", { class: "sw-item-state" }, say(words, `panel.${one.state}`, one), one.graded ? ` · ${say(words, "panel.counts")}` : null)));
}

function drawHandIn(transport, root) {
  const status = transport.get("status");
  const panel = { transport, words: WORDS, uid: `sw-${newId().slice(0, 8)}`, timer: null, unfolded: false, file: "" };
  panel.finder = pathfinder(transport, root, WORDS);
  panel.outbox = withOutbox(transport, { store: status.store, lesson: status.lesson }, () => drawGaps(panel));
  buildHandIn(panel, root, status);
  drawGaps(panel);
  const stops = [transport.on("status", () => drawGaps(panel)), transport.on("message", (message) => hearHandIn(panel, message))];
  return () => { clearTimeout(panel.timer); stops.forEach((stop) => stop()); panel.outbox.close(); URL.revokeObjectURL(panel.file); };
}

function buildHandIn(panel, root, status) {
  const { words, uid } = panel;
  panel.gaps = h("div", { class: "sw-gaps" });
  panel.live = h("p", { class: "sw-status", role: "status", "aria-atomic": true });
  panel.after = h("div", { class: "sw-after" });
  panel.name = h("input", { type: "text", class: "sw-input", id: `${uid}-learner`, value: status.learner, autocomplete: "name", maxlength: 80, "aria-describedby": `${uid}-help` });
  panel.who = h("div", { class: "sw-field", hidden: !status.asks_learner }, h("label", { class: "sw-label", for: panel.name.id }, say(words, "handin.name")), panel.name,
    h("p", { class: "sw-help", id: `${uid}-help` }, say(words, "handin.name_help")));
  panel.button = h("button", { type: "button", class: "sw-button sw-main", onclick: () => handIn(panel) }, say(words, "handin.button"));
  root.append(h("p", { class: "sw-prompt", id: `${uid}-title` }, say(words, "handin.title", { title: status.title })), panel.gaps,
    panel.finder.line, ...(status.asks_learner ? [] : [knownLearner(panel, status.learner)]), panel.who,
    h("div", { class: "sw-foot" }, panel.button), panel.live, panel.after);
  root.setAttribute("role", "group");
  root.setAttribute("aria-labelledby", `${uid}-title`);
  if (status.handed_in?.path) sayHandedIn(panel, status.handed_in);
}

// Who hands in, once it is known, and the way to correct it: a typing mistake must not stay for good.
function knownLearner(panel, learner) {
  const change = h("button", { type: "button", class: "sw-button", onclick: () => { line.remove(); panel.who.hidden = false; panel.name.focus(); } }, say(panel.words, "handin.not_you"));
  const line = h("div", { class: "sw-foot" }, h("p", { class: "sw-help" }, say(panel.words, "handin.as", { learner })), change);
  return line;
}

function drawGaps(panel) {
  const { words } = panel;
  const { items, answered, total } = panel.transport.get("status");
  const open = items.filter((one) => one.state !== "answered");
  const waiting = panel.outbox.waiting();
  panel.gaps.replaceChildren(...[
    h("p", null, say(words, "panel.progress", { answered, total }), ". ", open.length ? sayMany(words, "handin.missing", open.length) : say(words, "handin.all_answered")),
    open.length ? openList(panel, open) : null,
    ...items.flatMap((one) => (one.over ?? []).map((over) => overLimit(panel, one, over))),
    waiting ? h("p", { class: "sw-waiting" }, icon("kept"), sayMany(words, "handin.waiting", waiting)) : null,
  ].filter(Boolean));
}

// A text above its limit is told before it is handed in, while it can still be made shorter; it may be handed in as it is.
function overLimit(panel, one, over) {
  return h("p", { class: "sw-waiting sw-over-limit" }, icon("kept"), h("span", null, sayMany(panel.words, "handin.over", over.words - over.max, { name: over.name, max: over.max }), " ",
    panel.finder.way(one, say(panel.words, "handin.over_way"))));
}

// Which questions are open: a short list stands there, a long one is folded and stays as the student left it.
function openList(panel, open) {
  const list = h("ul", { class: "sw-items" }, open.map((one) => itemRow(panel.words, one, panel.finder)));
  if (open.length <= LONG_LIST) return list;
  return h("details", { open: panel.unfolded, ontoggle: (event) => { panel.unfolded = event.target.open; } }, h("summary", null, say(panel.words, "panel.show_open")), list);
}

// Answers that wait in this browser go first: the file is asked for when they have arrived, or after a moment without them.
function handIn(panel) {
  panel.outbox.redeliver();
  sayHandIn(panel, "saving", say(panel.words, "handin.working"));
  panel.after.replaceChildren();
  panel.asked = Date.now();
  clearTimeout(panel.timer);
  askWhenArrived(panel);
}

function askWhenArrived(panel) {
  if (panel.outbox.waiting() && Date.now() - panel.asked < ARRIVAL) {
    panel.timer = setTimeout(() => askWhenArrived(panel), 100);
    return;
  }
  panel.timer = setTimeout(() => handInSilent(panel), SILENCE);
  try {
    panel.transport.send({ kind: "hand_in", learner: panel.name.value });
  } catch {
    handInSilent(panel);
  }
}

function handInSilent(panel) {
  clearTimeout(panel.timer);
  const waiting = panel.outbox.waiting();
  sayHandIn(panel, "kept", waiting ? sayMany(panel.words, "handin.stuck", waiting) : say(panel.words, "handin.silent"));
  panel.after.replaceChildren(startButton(panel.words));
}

function hearHandIn(panel, message) {
  if (message?.kind === "problem") {
    clearTimeout(panel.timer);
    sayHandIn(panel, "kept", message.why);
    panel.after.replaceChildren();
    if (!panel.who.hidden) panel.name.focus();
  }
  if (message?.kind === "handed_in") {
    clearTimeout(panel.timer);
    showHandedIn(panel, message);
  }
}

function sayHandIn(panel, sign, said) {
  panel.live.className = `sw-status sw-status-${sign}`;
  panel.live.replaceChildren(icon(sign), h("span", null, said));
}

function showHandedIn(panel, message) {
  const { words } = panel;
  sayHandedIn(panel, message);
  const missing = panel.outbox.waiting();
  panel.button.textContent = say(words, "handin.again");
  panel.after.replaceChildren(...[
    missing ? h("p", { class: "sw-waiting" }, icon("kept"), sayMany(words, "handin.without", missing)) : null,
    missing ? startButton(words) : null,
    downloadLink(panel, message),
    message.results?.length ? resultList(words, message.results, panel.finder) : null,
  ].filter(Boolean));
}

function sayHandedIn(panel, { at, path }) {
  const next = panel.transport.get("status").mode === "class" ? "handin.file" : "handin.file_self";
  sayHandIn(panel, "saved", [say(panel.words, "handin.done", { at: localTime(at) }), " ", say(panel.words, next, { path })]);
}

// The browser holds a file for as long as its address is not given back, so the one of the last hand-in goes when the next comes.
function downloadLink(panel, message) {
  URL.revokeObjectURL(panel.file);
  panel.file = URL.createObjectURL(new Blob([message.text], { type: "application/x-ndjson" }));
  return h("a", { class: "sw-button sw-download", href: panel.file, download: message.file_name }, say(panel.words, "handin.download", { file_name: message.file_name }));
}

function resultList(words, results, finder) {
  const scored = results.filter((one) => one.score !== null);
  const sum = (name) => Math.round(100 * scored.reduce((total, one) => total + one[name], 0)) / 100;
  return h("section", { class: "sw-results", "aria-label": say(words, "handin.results") },
    h("p", { class: "sw-legend" }, say(words, "handin.results")),
    h("p", { class: "sw-total" }, say(words, "handin.total", { score: sum("score"), max: sum("max") })),
    results.map((one) => h("div", { class: "sw-result-line" }, h("details", { class: `sw-result sw-is-${signOf(one.feedback.outcome)}` },
      h("summary", null, icon(signOf(one.feedback.outcome)), h("span", { class: "sw-item-text" }, h("span", { class: "sw-item-label", dir: "auto" }, rich(one.label)), " ", h("span", { class: "sw-item-state" }, scoreLine(words, one)))),
      h("p", null, h("strong", null, one.feedback.summary)), feedbackDetail(words, one.feedback, {})),
    finder.way(one, say(words, "goto.there"), h("span", { class: "sw-unseen" }, " (", rich(one.label), ")")))));
}

function scoreLine(words, one) {
  return one.score === null ? say(words, "handin.by_person") : say(words, "handin.score", { score: Math.round(100 * one.score) / 100, max: one.max });
}

function localTime(at) {
  return new Date(at).toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}
