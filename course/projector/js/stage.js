import { bare, h, ownKeys, rich } from "./core.js";
import { LETTERS, newHands, pressHands, totalHands } from "./hands.js";
import { fitWords } from "./fit.js";
import { answerCards, reasonBox } from "./cards.js";

const PATIENCE = 6000;
const TURNS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 };
// P, S, W and L mean nothing to the notebook when focus has left the projector, and they are no letters of answers.
const HELP = "Arrows or a clicker: next and back. To count hands: 1 to 9 for the answer (or its letter), then a number, or + and -, then Enter. P: the class. S: the key. W: the whole screen, Esc leaves it. L: light or dark.";
const LONG_ANSWER = 60;
const seats = new WeakMap();

function wearProjector() {
  const known = document.getElementById("sayswho-projector-style");
  if (known?.textContent === STYLE) return;
  known?.remove();
  document.head.append(h("style", { id: "sayswho-projector-style" }, STYLE));
}

export function modelTransport(model) {
  return {
    owner: model,
    get: (name) => model.get(name),
    send: (message) => model.send(message),
    on: (fn) => { model.on("msg:custom", fn); return () => model.off("msg:custom", fn); },
  };
}

// What a second view of the same widget shares with the first: where it stands, the hands, what was agreed to.
function seatOf(owner) {
  if (!seats.has(owner)) seats.set(owner, { at: 0, hands: new Map(), opened: new Set() });
  return seats.get(owner);
}

// Draw the projector into `el`; returns what takes it down again.
export function draw_projector(transport, el) {
  wearProjector();
  const { title, groups } = transport.get("payload");
  const view = { transport, title, groups, seat: seatOf(transport.owner ?? transport), shown: {}, waiting: {} };
  view.root = ownKeys(h("section", { class: "sp", tabindex: 0, "aria-label": `Projector: ${title}`, "data-look": firstLook() }));
  view.place = h("p", { class: "sp-place" });
  view.body = h("div", { class: "sp-body" });
  view.said = h("p", { class: "sp-said", role: "status" });
  view.heard = h("p", { class: "sp-heard", "aria-live": "polite" });
  view.root.append(h("header", { class: "sp-head" }, h("p", { class: "sp-title", dir: "auto" }, title), view.place), view.body,
    h("footer", { class: "sp-foot" }, toolbar(view), view.said, h("p", { class: "sp-help" }, HELP)), view.heard);
  view.root.addEventListener("keydown", (event) => hearKey(view, event));
  view.root.addEventListener("click", (event) => { if (!event.target.closest("button")) view.root.focus({ preventScroll: true }); });
  el.replaceChildren(view.root);
  el.classList.add("sw-live");
  const stop = transport.on((message) => hearAnswer(view, message));
  const watch = new ResizeObserver(() => fitNow(view));
  watch.observe(view.root);
  const full = () => drawFullScreen(view);
  document.addEventListener("fullscreenchange", full);
  showPlace(view);
  return () => { stop(); watch.disconnect(); document.removeEventListener("fullscreenchange", full); Object.values(view.waiting).forEach(clearTimeout); };
}

function firstLook() {
  const light = document.body.dataset.jpThemeLight;
  return light === "false" || (light === undefined && matchMedia("(prefers-color-scheme: dark)").matches) ? "dark" : "light";
}

// The places there are: the screens of each group, or one gate where a group counts and nobody has agreed to show it.
function placesOf(view) {
  return view.groups.flatMap((group) => (group.sealed && !view.seat.opened.has(group.id) ? [{ gate: group }] : group.screens.map((screen) => ({ screen }))));
}

function toolbar(view) {
  const button = (name, words, key, act) => {
    view[name] = h("button", { type: "button", class: "sp-button", onclick: () => act(view) }, words, key ? [" ", h("kbd", null, key)] : null);
    return view[name];
  };
  return h("div", { class: "sp-tools", role: "toolbar", "aria-label": "Projector" },
    button("back", "Back", "←", () => turn(view, -1)), button("next", "Next", "→", () => turn(view, 1)),
    button("classButton", "Class", "P", () => toggle(view, "class")), button("keyButton", "Key", "S", () => toggle(view, "key")),
    button("clear", "Clear hands", "Del", () => press(view, "Delete")), button("fullButton", "Full screen", "W", () => fullScreen(view)),
    button("lookButton", "Light or dark", "L", () => changeLook(view)));
}

function turn(view, by) {
  goTo(view, view.seat.at + by);
}

function goTo(view, at) {
  const last = placesOf(view).length - 1;
  const wanted = Math.max(0, Math.min(last, at));
  if (wanted === view.seat.at) return say_it(view, at > last ? "This is the last one." : "This is the first one.");
  view.seat.at = wanted;
  showPlace(view);
}

// Draw where we stand, with nothing of the class or the key.
function showPlace(view) {
  const places = placesOf(view);
  const here = places[view.seat.at];
  view.shown = {};
  view.screen = here.screen ?? null;
  view.place.textContent = `${view.seat.at + 1} of ${places.length}${here.screen?.unit ? ` · clause ${here.screen.unit}` : ""}`;
  for (const name of ["classButton", "keyButton", "clear"]) view[name].disabled = !view.screen;
  const inside = view.body.contains(document.activeElement) || document.activeElement?.disabled;
  view.cards = null;
  view.area = here.gate ? gateBox(view, here.gate) : wordsBox(here.screen);
  if (here.gate) view.body.replaceChildren(view.area);
  else {
    view.cards = answerCards(here.screen, handsOf(view), () => { showShown(view); sayHands(view); });
    view.body.replaceChildren(view.area, h("p", { class: "sp-ask", dir: "auto" }, rich(here.screen.ask)), view.cards.element);
  }
  // Focus that goes with what was drawn before would fall to the notebook, and the next key with it.
  if (inside && document.activeElement !== view.root) view.root.focus({ preventScroll: true });
  view.heard.textContent = here.gate ? "" : `${view.place.textContent}. ${bare(here.screen.words)} ${bare(here.screen.ask)}`;
  showShown(view);
  say_it(view, here.gate ? "This counts: not shown yet." : "");
}

function handsOf(view) {
  const { hands } = view.seat;
  if (!hands.has(view.screen.id)) hands.set(view.screen.id, newHands());
  return hands.get(view.screen.id);
}

function wordsBox(screen) {
  const around = (clauses, near) => clauses.map((words, place) => h("span", { class: `sp-around${place === near ? " sp-near" : ""}`, dir: "auto" }, `${words} `));
  return h("div", { class: "sp-area", role: "group", "aria-label": "The words", tabindex: -1 }, h("div", { class: "sp-text" },
    around(screen.before, screen.before.length - 1), h("strong", { class: screen.unit ? "sp-unit" : "sp-unit sp-prompt", dir: "auto" }, screen.unit ? screen.words : rich(screen.words)), " ",
    around(screen.after, 0)));
}

function gateBox(view, group) {
  const open = () => {
    view.seat.opened.add(group.id);
    showPlace(view);
    view.root.focus({ preventScroll: true });
  };
  return h("div", { class: "sp-area" }, h("div", { class: "sp-gate" }, h("p", { class: "sp-gate-words" }, group.sealed),
    h("p", null, h("button", { type: "button", class: "sp-button sp-main", onclick: open }, "Show it to the class now")), h("p", { class: "sp-small" }, "Or go on with → .")));
}

// Bring hands, class and key on screen to what is known now.
function showShown(view) {
  view.root.querySelector(".sp-why")?.remove();
  if (view.cards) view.cards.draw({ hands: handsOf(view), ...view.shown });
  if (view.shown.key) view.area.append(reasonBox(view.shown.key, view.screen.options));
  view.root.classList.toggle("sp-told", Boolean(view.shown.key));
  view.root.classList.toggle("sp-listed", Boolean(view.screen && isList(view.screen)));
  for (const [name, what] of [["classButton", "class"], ["keyButton", "key"]]) view[name].setAttribute("aria-pressed", String(Boolean(view.shown[what])));
  fitNow(view);
}

// Many answers, or long ones, are a list to read: they get the room, and the question above them is as large as it can be.
function isList(screen) {
  return screen.options.length > 5 || screen.options.some((option) => option.text.length > LONG_ANSWER);
}

function fitNow(view) {
  fitWords(view.root, view.area, view.cards?.element);
}

// The class or the key, on and off. What is shown comes from the kernel at this moment and is forgotten with the next screen.
function toggle(view, what) {
  if (!view.screen) return say_it(view, "Agree first to show what counts.");
  if (view.shown[what]) {
    delete view.shown[what];
    showShown(view);
    return say_it(view, what === "class" ? "Class hidden." : "Key hidden.");
  }
  clearTimeout(view.waiting[what]);
  view.waiting[what] = setTimeout(() => say_it(view, "Python does not answer. Run this cell again."), PATIENCE);
  try {
    view.transport.send({ kind: "reveal", screen: view.screen.id, what });
  } catch {
    say_it(view, "Python does not answer. Run this cell again.");
  }
}

function hearAnswer(view, message) {
  if (message?.screen !== view.screen?.id) return;
  if (message.kind === "problem") {
    clearTimeout(view.waiting[message.what]);
    return say_it(view, message.why);
  }
  if (message.kind !== "class" && message.kind !== "key") return;
  // A second view of the same widget hears what the first one asked for: it shows nothing that was not asked for here.
  if (!view.waiting[message.kind]) return;
  clearTimeout(view.waiting[message.kind]);
  view.waiting[message.kind] = 0;
  view.shown[message.kind] = message;
  showShown(view);
  say_it(view, message.kind === "class" ? `Class: ${message.note}` : keyWords(view, message));
}

function keyWords(view, key) {
  const right = view.screen.options.map((option, place) => ({ ...option, letter: LETTERS[place] ?? "" })).filter((option) => key.right.includes(option.id));
  const words = right.map((option) => (option.text.length > LONG_ANSWER ? option.letter : `${option.letter}, ${option.text.replaceAll("*", "")}`));
  return words.length ? `The key: ${words.join("; ")}.` : key.note;
}

function hearKey(view, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const onButton = Boolean(event.target.closest?.("button"));
  if (onButton && (event.key === " " || (event.key === "Enter" && !(view.screen && handsOf(view).at)))) return;
  if (press(view, event.key)) event.preventDefault();
}

// One key; true when it meant something.
function press(view, key) {
  if (key in TURNS) turn(view, TURNS[key]);
  else if (key === "Home" || key === "End") goTo(view, key === "Home" ? 0 : placesOf(view).length - 1);
  else if (view.screen && pressHands(handsOf(view), key, view.screen.options.map((option) => option.id))) {
    showShown(view);
    sayHands(view);
  } else if (/^[pswl]$/i.test(key)) ({ p: () => toggle(view, "class"), s: () => toggle(view, "key"), w: () => fullScreen(view), l: () => changeLook(view) })[key.toLowerCase()]();
  else return false;
  return true;
}

function sayHands(view) {
  const hands = handsOf(view);
  const place = view.screen.options.findIndex((option) => option.id === hands.at);
  const total = `${totalHands(hands)} hands in all.`;
  say_it(view, place < 0 ? total : `Hands for ${LETTERS[place]}: ${hands.counts[hands.at] ?? 0}. Type a number or press +, then Enter. ${total}`);
}

function say_it(view, words) {
  view.said.textContent = words;
}

function changeLook(view) {
  view.root.dataset.look = view.root.dataset.look === "dark" ? "light" : "dark";
}

async function fullScreen(view) {
  try {
    await (document.fullscreenElement ? document.exitFullscreen() : view.root.requestFullscreen());
  } catch {
    say_it(view, "This page may not fill the screen. Use the browser's own full screen (F11).");
  }
}

function drawFullScreen(view) {
  view.fullButton.setAttribute("aria-pressed", String(document.fullscreenElement === view.root));
  fitNow(view);
  view.root.focus({ preventScroll: true });
}
