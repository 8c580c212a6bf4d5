import { h, say } from "./core.js";

// Each label keeps its colour and its kind of line in every item; labels of other names share them out by place.
const HUES = { source: 1, cue: 2, unnamed: 3, loaded: 4, over: 5, "says-who": 6, nobody: 7 };

export function hueOf(labels, id) {
  return HUES[id] ?? (labels.findIndex((label) => label.id === id) % 7) + 1;
}

// The labels and tools of a marking item: one tab stop, arrows inside. It sticks to the top while the text scrolls by.
//   hooks: label(id), undo(), remove(), leave(): Escape
//   -> {element, show({said, pressed: label id | null, canUndo, canRemove}), focus(), height()}
export function drawPalette({ uid, words, labels, hooks }) {
  const buttons = labels.map((label, i) => labelButton({ uid, words, label, i, labels, press: () => hooks.label(label.id) }));
  const remove = toolButton(say(words, "mark.remove"), "Delete", hooks.remove);
  const undo = toolButton(say(words, "mark.undo"), "Control+Z", hooks.undo);
  const line = h("p", { class: "sw-palette-line", dir: "auto" });
  const many = labels.length > 3 ? " sw-many" : "";
  const element = h("div", { class: `sw-palette${many}`, role: "toolbar", "aria-label": say(words, "mark.palette") },
    h("div", { class: "sw-pens" }, buttons), h("div", { class: "sw-palette-foot" }, line, h("div", { class: "sw-acts" }, remove, undo)));
  const stops = [...buttons, remove, undo];
  rove(element, stops, hooks.leave);
  let status = "";
  explain(buttons, labels, (hint) => { line.textContent = hint ?? status; });
  const show = ({ said, pressed, canUndo, canRemove }) => {
    status = said;
    if (line.textContent !== said) line.textContent = said;
    buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(labels[i].id === pressed)));
    if (!canRemove && document.activeElement === remove) hooks.leave();
    remove.hidden = !canRemove;
    undo.setAttribute("aria-disabled", String(!canUndo));
  };
  return { element, show, focus: () => stops.find((stop) => stop.tabIndex === 0).focus(), height: () => element.offsetHeight };
}

// Where hints have no room of their own, the line below says the hint of the label that is pointed at or in focus.
function explain(buttons, labels, tell) {
  buttons.forEach((button, i) => {
    const { name, hint } = labels[i];
    const shown = () => hint && button.querySelector(".sw-hint").offsetParent === null;
    for (const event of ["mouseenter", "focus"]) button.addEventListener(event, () => { if (shown()) tell(`${name}: ${hint}`); });
    for (const event of ["mouseleave", "blur"]) button.addEventListener(event, () => tell(null));
  });
}

function labelButton({ uid, words, label, i, labels, press }) {
  const hint = label.hint ? h("span", { class: "sw-hint", id: `${uid}-hint-${i}`, "aria-hidden": true }, label.hint) : null;
  return h("button", { type: "button", class: `sw-pen sw-hue-${hueOf(labels, label.id)}`, "data-label": label.id, tabindex: i ? -1 : 0,
    "aria-pressed": false, "aria-describedby": hint?.id, "aria-keyshortcuts": i < 9 ? String(i + 1) : null, onclick: press },
    i < 9 ? h("kbd", { class: "sw-digit", title: say(words, "mark.key", { key: i + 1 }) }, String(i + 1)) : null,
    h("span", { class: "sw-pen-text" }, h("span", { class: "sw-pen-name" }, label.name), hint));
}

function toolButton(text, keys, press) {
  return h("button", { type: "button", class: "sw-act", tabindex: -1, "aria-keyshortcuts": keys, onclick: press }, text);
}

function rove(element, stops, leave) {
  const stopAt = (stop) => {
    stops.forEach((one) => { one.tabIndex = one === stop ? 0 : -1; });
    stop.focus();
  };
  element.addEventListener("focusin", ({ target }) => { if (stops.includes(target)) stops.forEach((one) => { one.tabIndex = one === target ? 0 : -1; }); });
  element.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const shown = stops.filter((stop) => !stop.hidden);
    const at = shown.indexOf(event.target);
    const turned = getComputedStyle(element).direction === "rtl" ? -1 : 1;
    const step = { ArrowRight: turned, ArrowLeft: -turned, ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step ? at + step : { Home: 0, End: shown.length - 1 }[event.key];
    if (event.key === "Escape") leave();
    else if (next !== undefined) stopAt(shown[(next + shown.length) % shown.length]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
