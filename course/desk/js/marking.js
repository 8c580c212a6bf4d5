import { h, icon, newId, ownKeys } from "./core.js";
import { counted, keyButton, keycap, levelOf, shortName } from "./host.js";
import { whenOpened } from "./opening.js";
import { changedNote, essayParts } from "./essay.js";
import { bookState, dropRefused, marksOf, openBook, readMark, setMark, takeMarks, undoMark } from "./letters.js";
import { drawCriteria, isDone, isMarked } from "./criteria.js";
import { drawBank, drawComment } from "./comments.js";
import { agreementTable, drawPanelPlace, flagList, keyList } from "./panels.js";
import { keepSkipped, normingLine, normingOffer, normingResult, publishedBeside, wasSkipped } from "./norming.js";

const ASKED_LONG_AGO = 4000;
const SAVED_NOT = {
  "why.gone": "The kernel has stopped. Run the cell of the desk again, and the marks that wait in this browser are saved.",
  "why.silent": "The kernel does not answer yet. Wait a moment; if this stays, run the cell of the desk again.",
  "why.session": "This place has no disk.",
  "why.page": "This browser keeps nothing for this site, so these marks are only on this page. Keep it open and run the cell of the desk again.",
};

// The marking desk: one answer a screen, its rubric beside it. Returns what takes it down again.
export function draw_marking(transport, el) {
  return whenOpened(transport, el, { silent: SAVED_NOT["why.silent"], gone: SAVED_NOT["why.gone"] }, ASKED_LONG_AGO, (opened) => drawDesk(transport, el, opened));
}

function drawDesk(transport, el, opened) {
  const payload = { ...transport.get("payload"), ...opened.shown };
  const desk = { transport, payload, uid: `sd-${newId().slice(0, 8)}`, only: "", names: null, wantNames: false, asked: {}, lost: false, tuning: false, offered: false, place: 0, current: 0, problem: "" };
  desk.book = openBook(transport, payload.store.key, opened.marks, () => refresh(desk));
  desk.bank = opened.bank;
  buildDesk(desk, el);
  desk.offered = offersNorming(desk);
  goToWaiting(desk, 0);
  const leave = () => desk.comment?.flush();
  const stops = [
    transport.on("message", (message) => hearDesk(desk, message)),
    transport.on("lost", () => { desk.lost = true; refresh(desk); }),
  ];
  globalThis.addEventListener("pagehide", leave);
  return () => {
    leave();
    globalThis.removeEventListener("pagehide", leave);
    stops.forEach((stop) => stop());
    desk.book.outbox.close();
  };
}

function buildDesk(desk, el) {
  const { payload, uid } = desk;
  desk.panel = drawPanelPlace(() => { refresh(desk); focusCriterion(desk); });
  desk.progress = h("p", { class: "sd-progress-words" });
  desk.bar = h("span", { class: "sd-bar-done" });
  desk.state = h("p", { class: "sw-state sd-state", tabindex: -1 });
  desk.stateBelow = h("p", { class: "sw-state sd-state" });
  desk.notice = h("div", { class: "sw-notice sd-notice", role: "alert", hidden: true });
  desk.flags = keyButton("Flags", "", () => openFlags(desk));
  desk.namesButton = h("button", { type: "button", class: "sd-button sd-switch", role: "switch", "aria-checked": false, onclick: () => switchNames(desk) }, h("span", { class: "sd-switch-sign", "aria-hidden": true }), "Names");
  desk.live = h("p", { class: "sd-live", role: "status" });
  desk.where = h("p", { class: "sd-where", id: `${uid}-where` });
  desk.filter = questionFilter(desk);
  desk.essay = h("article", { class: "sd-essay", "aria-labelledby": desk.where.id });
  desk.side = h("div", { class: "sd-side" });
  desk.body = h("div", { class: "sd-body" }, desk.essay, desk.side);
  desk.nav = h("nav", { class: "sd-nav", "aria-label": "Answers" }, keyButton("Previous", "p", () => step(desk, -1)), desk.where, keyButton("Next", "n", () => step(desk, 1)), keyButton("Next that waits", "j", () => goToWaiting(desk, desk.place + 1)), desk.filter);
  desk.offer = h("div", null);
  desk.root = h("div", { class: "sw sd sd-marking", tabindex: -1, role: "group", "aria-label": "Marking desk", onkeydown: (event) => onDeskKey(desk, event) },
    h("header", { class: "sd-top" }, h("h2", { class: "sd-title" }, "Marking desk ", h("span", { class: "sd-who" }, payload.marker)),
      h("div", { class: "sd-progress" }, desk.progress, h("span", { class: "sd-bar", "aria-hidden": true }, desk.bar)), desk.state,
      h("div", { class: "sd-tools" }, desk.namesButton, desk.flags, keyButton("Agreement", "", () => openAgreement(desk)),
        payload.norming.length ? keyButton("Tune in", "", () => { desk.offered = true; drawAnswer(desk); }) : null, keyButton("Keys", "?", () => openPanel(desk, "keys", "Keys", keyList())))),
    payload.note ? h("p", { class: "sd-note" }, payload.note) : null, desk.notice, desk.panel.element, desk.offer, desk.nav, desk.body,
    h("p", { class: "sd-asleep" }, "Click in the desk, then mark with the keys. ", keycap("?"), " lists them."));
  el.replaceChildren(ownKeys(desk.root));
  el.classList.add("sw-live");
}

function questionFilter(desk) {
  const { items, answers } = desk.payload;
  const names = [...new Set(answers.map((one) => one.item))];
  if (names.length < 2) return null;
  const pick = h("select", { class: "sd-select", "aria-label": "Question", onchange: () => { desk.only = pick.value; desk.place = 0; goToWaiting(desk, 0); } },
    h("option", { value: "" }, "All questions"), names.map((name) => h("option", { value: name }, `${items[name].title} (${answers.filter((one) => one.item === name).length})`)));
  return pick;
}

// What is on the desk now: the norming essays, or the answers of the class, all or one question's.
function onDesk(desk) {
  if (desk.tuning) return desk.payload.norming;
  return desk.only ? desk.payload.answers.filter((one) => one.item === desk.only) : desk.payload.answers;
}

function answerHere(desk) {
  const answers = onDesk(desk);
  return answers[Math.max(0, Math.min(desk.place, answers.length - 1))];
}

function itemOf(desk, answer) {
  return desk.payload.items[answer.item];
}

function drawAnswer(desk) {
  const { book, uid, payload } = desk;
  desk.comment?.flush();
  desk.offer.replaceChildren(...(desk.offered ? [normingOffer(payload.norming, normed(desk), { begin: () => tune(desk), skip: () => skipNorming(desk) })] : []));
  desk.nav.hidden = desk.body.hidden = desk.offered;
  if (desk.filter) desk.filter.hidden = desk.tuning;
  const answer = answerHere(desk);
  const item = itemOf(desk, answer);
  desk.essay.replaceChildren(...essayParts(answer, item, { fold: desk, note: desk.tuning ? normingLine(answer, desk.place, onDesk(desk).length) : "" }));
  if (desk.criteria?.item !== item) {
    desk.criteria = drawCriteria(item, uid, book, { set: (place, level) => giveLevel(desk, place, level), choose: (place) => { desk.current = place; refresh(desk); focusCriterion(desk); } });
    desk.comment = drawComment(uid, { write: (id, text) => setMark(book, id, "comment", text), bank: () => openBank(desk), keep: (text) => ask(desk, { kind: "bank", text }) });
  }
  desk.flagButton = h("button", { type: "button", class: "sd-button sd-flag", "aria-pressed": false, "aria-keyshortcuts": "f", onclick: () => flag(desk) }, h("span", null, "Second look"), keycap("f"));
  const tools = desk.tuning ? [keyButton("Undo", "u", () => undo(desk)), keyButton("How I compare", "", () => openResult(desk)), keyButton("Go to the marking", "", () => skipNorming(desk))]
    : [desk.flagButton, keyButton("Undo", "u", () => undo(desk))];
  desk.changed = changedNote(() => { setMark(book, answer.id, "changed", false, { remember: false }); tell(desk, "The levels hold for this text."); focusCriterion(desk); });
  desk.side.replaceChildren(...[desk.changed.element, desk.criteria.element, desk.stateBelow, desk.live, desk.tuning ? null : desk.comment.element, h("div", { class: "sd-row" }, tools)].filter(Boolean));
  refresh(desk);
}

// Everything that changes with a mark. What has the focus stays where it is.
function refresh(desk) {
  if (!desk.criteria) return;
  const { book, payload } = desk;
  const answer = answerHere(desk);
  const marks = marksOf(book, answer.id);
  const item = itemOf(desk, answer);
  desk.criteria.show(answer, desk.current, desk.tuning ? publishedBeside(answer, item, book) : null);
  desk.comment.show(answer, marks, item.criteria);
  desk.changed.show(marks);
  desk.flagButton.setAttribute("aria-pressed", String(Boolean(marks.flag)));
  const done = payload.answers.filter((one) => isDone(itemOf(desk, one), marksOf(book, one.id))).length;
  desk.progress.textContent = `${done} of ${payload.answers.length} marked`;
  desk.bar.style.inlineSize = `${payload.answers.length ? (100 * done) / payload.answers.length : 0}%`;
  desk.flags.firstChild.textContent = `Flags (${flagged(desk).length})`;
  const name = desk.names && !desk.tuning ? desk.names[answer.id] ?? "" : "";
  desk.where.replaceChildren(h("strong", { dir: "auto" }, desk.tuning ? `Essay ${desk.place + 1}` : name || `Answer ${answer.number}`), ` · ${desk.place + 1} of ${onDesk(desk).length} · `, h("span", { class: "sd-soft" }, item.title));
  showBookState(desk);
}

function showBookState(desk) {
  const found = bookState(desk.book);
  const signs = { saved: "saved", saving: "saving", browser: "kept", page: "kept", refused: "wrong" };
  const words = { saved: anythingMarked(desk) ? `Saved in ${desk.payload.file}` : `Marks go into ${desk.payload.file}`, saving: "Saving…", browser: `Not saved: ${counted(found.n, "change")} kept in this browser`, page: `Not saved: ${counted(found.n, "change")} on this page only`, refused: "Not saved" };
  const line = words[found.state];
  // Twice: at the top, and below the rubric, where the eyes are.
  for (const place of desk.state.dataset.line === line ? [] : [desk.state, desk.stateBelow]) {
    Object.assign(place.dataset, { state: found.state, line });
    place.replaceChildren(icon(signs[found.state]), h("span", null, line));
  }
  const bad = !["saved", "saving"].includes(found.state);
  const reason = bad ? found.why || SAVED_NOT[found.whyId] || "" : desk.problem || (desk.lost ? "The kernel has stopped. What says Saved is on the disk. Run the cell of the desk again to go on; marks you give meanwhile wait in this browser." : "");
  if (desk.notice.dataset.reason === reason) return;
  desk.notice.dataset.reason = reason;
  desk.notice.hidden = !reason;
  const put = found.state === "refused" ? h("button", { type: "button", class: "sd-button", onclick: () => { dropRefused(desk.book); ask(desk, { kind: "open" }); refresh(desk); } }, "Go on without it") : null;
  desk.notice.replaceChildren(...[reason ? h("p", null, reason) : null, put].filter(Boolean));
}

function anythingMarked(desk) {
  return Object.values(desk.book.marks).some((marks) => marks.comment || marks.flag || Object.keys(marks.levels).length);
}

function tell(desk, words) {
  desk.live.textContent = words;
}

function giveLevel(desk, place, level) {
  const answer = answerHere(desk);
  const { criteria } = itemOf(desk, answer);
  const criterion = criteria[place];
  if (!criterion.steps.includes(level) && level !== null) return tell(desk, `${shortName(criterion)} has the levels ${criterion.steps.join(", ")}.`);
  setMark(desk.book, answer.id, criterion.id, level);
  const open = criteria.findIndex((one, at) => at > place && readMark(desk.book, answer.id, one.id) === null);
  const next = level === null ? place : place + 1 < criteria.length ? place + 1 : place;
  desk.current = next;
  refresh(desk);
  focusCriterion(desk);
  const done = isMarked(itemOf(desk, answer), marksOf(desk.book, answer.id));
  const told = level === null ? `${shortName(criterion)}: no level.` : `${shortName(criterion)}: ${levelOf(level, criterion)}.`;
  return tell(desk, `${told} ${done ? "All levels given; n is the next answer." : open >= 0 ? `Now ${shortName(criteria[desk.current])}.` : ""}`);
}

function focusCriterion(desk, options) {
  if (!desk.body.hidden) desk.criteria.focus(desk.current, options);
}

function moveCriterion(desk, by) {
  const n = itemOf(desk, answerHere(desk)).criteria.length;
  desk.current = Math.max(0, Math.min(n - 1, desk.current + by));
  refresh(desk);
  focusCriterion(desk);
}

function goTo(desk, place) {
  desk.place = place;
  const answer = answerHere(desk);
  const open = itemOf(desk, answer).criteria.findIndex((one) => readMark(desk.book, answer.id, one.id) === null);
  desk.current = Math.max(0, open);
  drawAnswer(desk);
}

function step(desk, by) {
  const next = desk.place + by;
  if (next < 0 || next >= onDesk(desk).length) return tell(desk, by > 0 ? "This is the last answer." : "This is the first answer.");
  goTo(desk, next);
  // The new answer is to be read first, also where its rubric stands below it.
  focusCriterion(desk, { preventScroll: true });
  desk.nav.scrollIntoView?.({ block: "nearest" });
  return tell(desk, desk.where.textContent);
}

function goToWaiting(desk, from) {
  const answers = onDesk(desk);
  const order = answers.map((_, place) => (from + place) % answers.length);
  const open = order.find((place) => !isDone(itemOf(desk, answers[place]), marksOf(desk.book, answers[place].id)));
  const focused = desk.root.contains(desk.root.getRootNode().activeElement);
  goTo(desk, open ?? Math.min(desk.place, answers.length - 1));
  if (focused) focusCriterion(desk);
  if (open === undefined) tell(desk, "No answer here waits any more.");
}

function flag(desk) {
  if (desk.tuning) return;
  const answer = answerHere(desk);
  setMark(desk.book, answer.id, "flag", !marksOf(desk.book, answer.id).flag);
  tell(desk, marksOf(desk.book, answer.id).flag ? "Flagged for a second look." : "The flag is taken away.");
}

function flagged(desk) {
  return desk.payload.answers.filter((one) => marksOf(desk.book, one.id).flag);
}

function undo(desk) {
  const change = undoMark(desk.book);
  if (!change) return tell(desk, "There is nothing to undo.");
  const tuning = desk.payload.norming.some((one) => one.id === change.answer);
  desk.tuning = tuning;
  desk.only = tuning || onDesk(desk).some((one) => one.id === change.answer) ? desk.only : "";
  if (desk.filter) desk.filter.value = desk.only;
  const place = onDesk(desk).findIndex((one) => one.id === change.answer);
  if (place < 0) return tell(desk, "Undone, for an answer that is not on this desk.");
  goTo(desk, place);
  const at = itemOf(desk, answerHere(desk)).criteria.findIndex((one) => one.id === change.criterion);
  if (at >= 0) desk.current = at;
  refresh(desk);
  focusCriterion(desk);
  return tell(desk, `Undone: ${at >= 0 ? shortName(itemOf(desk, answerHere(desk)).criteria[at]) : change.criterion === "flag" ? "the flag" : "the comment"}.`);
}

// panels

function openPanel(desk, name, title, content, more) {
  if (desk.panel.name() === name) return desk.panel.close();
  return desk.panel.open(name, title, content, more);
}

function openFlags(desk) {
  openPanel(desk, "flags", "Flagged for a second look", flagList(flagged(desk), (answer) => {
    desk.tuning = desk.offered = false;
    desk.only = "";
    if (desk.filter) desk.filter.value = "";
    goTo(desk, onDesk(desk).indexOf(answer));
    desk.panel.close();
  }));
}

function openAgreement(desk) {
  openPanel(desk, "agreement", "Agreement between markers", h("p", null, "Counting…"));
  if (desk.panel.name() === "agreement") ask(desk, { kind: "agreement" });
}

function openResult(desk) {
  openPanel(desk, "result", "How you compare with the published marks", normingResult(desk.payload.norming, desk.payload.items, desk.book));
}

function openBank(desk) {
  if (desk.tuning) return;
  const bank = bankOf(desk);
  openPanel(desk, "bank", "Comment bank", bank.element, { onDigit: bank.onDigit });
}

function bankOf(desk) {
  return drawBank(desk.bank, desk.uid, {
    take: (text) => { desk.comment.add(text); desk.panel.close(); tell(desk, "The comment is added."); },
    remove: (text) => ask(desk, { kind: "bank", text, remove: true }),
  });
}

// Ask the kernel; say so when no answer comes.
function ask(desk, message) {
  clearTimeout(desk.asked[message.kind]);
  desk.asked[message.kind] = setTimeout(() => { desk.problem = SAVED_NOT["why.silent"]; refresh(desk); }, ASKED_LONG_AGO);
  try {
    desk.transport.send(message);
  } catch {
    desk.lost = true;
    refresh(desk);
  }
}

function hearDesk(desk, message) {
  if (message?.kind === "receipt") return;
  clearTimeout(desk.asked[message?.kind === "opened" ? "open" : message?.kind]);
  if (message?.kind !== "marks") desk.problem = message?.kind === "problem" ? message.why : "";
  if (message?.kind === "problem") Object.values(desk.asked).forEach(clearTimeout);
  if (message?.kind === "marks" || message?.kind === "opened") takeMarks(desk.book, message.marks);
  if (message?.kind === "opened") desk.bank = message.bank;
  if (message?.kind === "published") Object.assign(desk.payload.norming.find((one) => one.id === message.essay) ?? {}, { published: message.published, reasons: message.reasons });
  if (message?.kind === "names") desk.names = desk.wantNames ? message.names : null;
  if (message?.kind === "agreement" && desk.panel.name() === "agreement") desk.panel.refill(agreementTable(message.rows, message.progress));
  if (message?.kind === "bank") {
    desk.bank = message.comments;
    if (desk.panel.name() === "bank") { desk.panel.close(); openBank(desk); } else tell(desk, "Kept in the comment bank.");
  }
  desk.namesButton.setAttribute("aria-checked", String(Boolean(desk.names)));
  refresh(desk);
}

function offersNorming(desk) {
  return desk.payload.norming.length > 0 && normed(desk) < desk.payload.norming.length && !wasSkipped(desk.payload.store.key);
}

// Names are asked for and not sent before: blind is how the desk opens.
function switchNames(desk) {
  desk.wantNames = !desk.names;
  if (desk.names) desk.names = null;
  else ask(desk, { kind: "names" });
  desk.namesButton.setAttribute("aria-checked", String(Boolean(desk.names)));
  refresh(desk);
}

// norming

function normed(desk) {
  return desk.payload.norming.filter((one) => isMarked(itemOf(desk, one), marksOf(desk.book, one.id))).length;
}

function tune(desk) {
  Object.assign(desk, { tuning: true, offered: false, only: "", place: 0 });
  goToWaiting(desk, 0);
  focusCriterion(desk);
}

function skipNorming(desk) {
  keepSkipped(desk.payload.store.key);
  desk.panel.close();
  Object.assign(desk, { tuning: false, offered: false, place: 0 });
  goToWaiting(desk, 0);
  focusCriterion(desk);
}

// keys

const DESK_KEYS = {
  ArrowLeft: (desk) => step(desk, -1), ArrowRight: (desk) => step(desk, 1), ArrowUp: (desk) => moveCriterion(desk, -1), ArrowDown: (desk) => moveCriterion(desk, 1),
  n: (desk) => step(desk, 1), p: (desk) => step(desk, -1), j: (desk) => goToWaiting(desk, desk.place + 1), c: (desk) => { if (!desk.tuning) desk.comment.focus(); },
  f: flag, u: undo, b: openBank, "/": openBank, "?": (desk) => openPanel(desk, "keys", "Keys", keyList()), Backspace: (desk) => giveLevel(desk, desk.current, null), Delete: (desk) => giveLevel(desk, desk.current, null),
};

function onDeskKey(desk, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") return escapeDesk(desk, event);
  if (event.target.matches("textarea, input, select")) return;
  const act = actOf(desk, keyOf(event));
  if (!act) return;
  event.preventDefault();
  if (!event.repeat || event.key.startsWith("Arrow")) act(desk);
}

// The key by its place on the keyboard where the layout or an input method gives another script's letter.
function keyOf(event) {
  const latin = event.key.length > 1 ? event.key !== "Process" : event.key <= "~";
  return latin ? event.key : event.code.replace(/^Key|^Digit/, "").toLowerCase();
}

function actOf(desk, key) {
  if (/^[0-9]$/.test(key)) return () => { if (!desk.panel.onDigit(Number(key)) && !desk.offered) giveLevel(desk, desk.current, Number(key)); };
  if (desk.offered && key !== "?") return null;
  return DESK_KEYS[key] ?? DESK_KEYS[key.toLowerCase()] ?? null;
}

function escapeDesk(desk, event) {
  const inside = desk.panel.element.contains(event.target);
  if (!desk.panel.name() && !event.target.matches("textarea, input")) return;
  event.preventDefault();
  event.stopPropagation();
  if (inside || !event.target.matches("textarea")) desk.panel.close();
  else focusCriterion(desk);
}
