// What every part of a question is built from: elements, words, keys, clock, choices, icons.
//
// The files of this folder are joined into one module (bundle.py): imports are single lines from "./x.js", exports are
// `export function` or `export const`, and every top-level name is unique over all files.
//
// A type of item is a file with `draw_<type>(ctx)`. It gets
//   ctx = {item: the payload, uid: prefix for ids and names, words: the catalogue, changed(): the answer changed by hand,
//          typing(): it is changing, changed() follows at a pause, announce(text): say one sentence in the question's
//          standing live region}
// and returns
//   {element, read() -> value | null (null: nothing answered yet), write(value | null): draw this answer, says nothing}
// and, where the type has them,
//   lock(feedback | null): draw the parts of a feedback in place and return true, or take them away
//   ready() -> null, or the sentence that says what is still missing before Check
//   flush(): hand over typing that still waits for its pause
//   readConfidence() -> {unit: confidence} | null and writeConfidence(value): where single units ask for confidence
// The view around it draws prompt, help, reasons, confidence, Check, the state and the outcome. Nothing is ever locked
// against the student: after feedback the answer may be changed, and the view then calls lock(null).

const SVG = "http://www.w3.org/2000/svg";

// h("p", {class: "sw-x", onclick: f, "aria-pressed": false, disabled: true}, "text", node, [more], null) -> element.
// null, undefined and false leave an attribute out, except aria-*, where false is the word "false".
export function h(tag, attrs, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attrs ?? {})) {
    if (value === null || value === undefined) continue;
    if (typeof value === "function") element.addEventListener(name.replace(/^on/, ""), value);
    else if (name.startsWith("aria-")) element.setAttribute(name, String(value));
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

// The sentence `id` of the catalogue with its {blanks} filled: say(words, "chain.moved", {place: 2}).
export function say(words, id, values = {}) {
  const sentence = words[id];
  if (sentence === undefined) throw new Error(`no words for ${id}`);
  return sentence.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

// The same for a number: `id`.one when n is 1, else `id`.many; {n} is filled.
export function sayMany(words, id, n, values = {}) {
  return say(words, `${id}.${n === 1 ? "one" : "many"}`, { n, ...values });
}

// Plain text with **bold** and *italics* as nodes; nothing else is read, and no HTML ever is.
export function rich(text) {
  return String(text ?? "").split(/(\*\*[^*]+\*\*|\*[^*\s][^*]*\*)/).filter(Boolean).map((piece) => {
    if (/^\*\*[^*]+\*\*$/.test(piece)) return h("strong", null, piece.slice(2, -2));
    if (/^\*[^*]+\*$/.test(piece)) return h("em", null, piece.slice(1, -1));
    return document.createTextNode(piece);
  });
}

// The same without its signs, for names that are heard and not seen.
export function bare(text) {
  return h("span", null, rich(text)).textContent;
}

// Keep plain keys away from the notebook while focus is inside `root`: there x would cut the cell and arrows would leave
// it. Native radios, lists and text boxes keep their keys. Tab, Escape and chords with Ctrl, Meta or Alt pass. Handlers
// on elements inside run first; one that calls preventDefault() is respected.
export function ownKeys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key === "Tab" || event.key === "Escape" || event.ctrlKey || event.metaKey || event.altKey) return;
    event.stopPropagation();
  });
  return root;
}

// A random id, also on pages served without https, where crypto.randomUUID does not exist.
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Now, as ISO 8601 UTC with milliseconds, and never before `last` plus one: two answers never share a time.
export function nextAt(last) {
  const floor = last ? Date.parse(last) + 1 : 0;
  return new Date(Math.max(Date.now(), Number.isNaN(floor) ? 0 : floor)).toISOString();
}

// Browsers count UTF-16 units, the kit counts code points: the code point at a UTF-16 offset, and the way back.
export function pointAt(text, offset) {
  return [...text.slice(0, offset)].length;
}

export function offsetAt(text, point) {
  return [...text].slice(0, point).join("").length;
}

// How many words a text has, as the hand-in and the feedback page count them: what stands between blanks and has a letter
// or a figure, so that a word with a hyphen is one.
export function countWords(text) {
  return (text.match(/\S+/g) ?? []).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}

const SHAPES = {
  right: "M4 10.5l4 4 8-9",
  wrong: "M5 5l10 10M15 5L5 15",
  partly: "M10 2.8a7.2 7.2 0 100 14.4 7.2 7.2 0 000-14.4zM6.6 10h6.8",
  open: "M10 2.8a7.2 7.2 0 100 14.4 7.2 7.2 0 000-14.4zM10 6.2v4.6M10 13.6v.1",
  saved: "M4 10.5l4 4 8-9",
  saving: "M10 2.8a7.2 7.2 0 100 14.4 7.2 7.2 0 000-14.4zM10 6v4.2l2.6 1.6",
  kept: "M10 2.8a7.2 7.2 0 100 14.4 7.2 7.2 0 000-14.4zM10 6.2v4.6M10 13.6v.1",
  none: "M7 10h6",
  up: "M10 16V4M5 9l5-5 5 5",
  down: "M10 4v12M5 11l5 5 5-5",
  add: "M10 4v12M4 10h12",
  remove: "M5 5l10 10M15 5L5 15",
  moved: "M7 3v13M3.5 12.5L7 16l3.5-3.5M13 17V4M9.5 7.5L13 4l3.5 3.5",
  key: "M3.5 10h12M10.5 5l5 5-5 5",
  person: "M10 9.5a3 3 0 100-6 3 3 0 000 6zM4 16.5c.8-3.2 3-4.6 6-4.6s5.2 1.4 6 4.6",
};

// A small drawn sign. It never stands alone: words say the same beside it, so it is hidden from screen readers.
export function icon(shape) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [name, value] of [["viewBox", "0 0 20 20"], ["class", `sw-icon sw-icon-${shape}`], ["aria-hidden", "true"], ["focusable", "false"]]) {
    svg.setAttribute(name, value);
  }
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", SHAPES[shape]);
  svg.append(path);
  return svg;
}

// Outcome words of the kernel -> [the sign, the end of the catalogue id, the class suffix].
const OUTCOMES = {
  correct: "right", hit: "right", partly: "partly", near: "partly", incorrect: "wrong", extra: "wrong", missed: "open", answer: "key", hint: "open",
  unanswered: "open", malformed: "open", "needs a person": "person",
};

export function signOf(outcome) {
  return OUTCOMES[outcome] ?? "open";
}

const STATE_SIGNS = { unanswered: "none", saving: "saving", saved: "saved", browser: "kept", page: "kept", refused: "wrong" };

// One of the states of an answer, drawn into its line when it changed.
export function stateLine(line, words, state) {
  if (line.dataset.state === state) return;
  line.dataset.state = state;
  line.replaceChildren(icon(STATE_SIGNS[state]), say(words, `state.${state}`));
}

// One line of feedback: sign, outcome in words, and what is said about it. `id` lets a control point at it. The answer that
// stands in a list is told in its own words; in its place, it is there to read.
export function partNote(words, part, id) {
  const outcome = part.outcome || part.state;
  const sign = signOf(outcome);
  return h("p", { class: `sw-part sw-is-${sign}`, id }, outcome ? icon(sign) : null, h("span", { class: "sw-part-text", dir: "auto" },
    outcome ? [h("strong", null, outcome === "answer" && part.key ? say(words, "part.key", { key: bare(part.key) }) : say(words, `part.${outcome}`)), " "] : null, part.text ? rich(part.text) : null,
    part.key && outcome !== "answer" ? [" ", h("span", { class: "sw-part-key" }, say(words, "part.key", { key: part.key }))] : null));
}

// A named group of native radios (or, with many, checkboxes) drawn as cards ("cards") or as a row of chips ("chips").
//   {uid, name, legend (text; or labelledby: an id), options: [{id, text, unit?}], many, look, hint, changed(ids)}
// -> {element, inputs: Map(id -> input), read() -> [ids], write(ids), mark(words, parts by option id | null)}
export function choices({ uid, name, legend, labelledby, options, many = false, look = "cards", hint = null, changed = () => {} }) {
  const group = `${uid}-${name}`;
  const inputs = new Map();
  const boxes = new Map();
  const read = () => [...inputs].filter(([, input]) => input.checked).map(([id]) => id);
  const rows = options.map((option) => {
    const input = h("input", { type: many ? "checkbox" : "radio", name: group, value: option.id, id: `${group}-${option.id}`,
      onchange: () => changed(read()) });
    const text = h("span", { class: option.unit ? "sw-option-text sw-text" : "sw-option-text", dir: "auto" }, rich(option.text));
    const row = h("div", { class: "sw-choice" }, h("label", { class: "sw-option" }, input, text));
    inputs.set(option.id, input);
    boxes.set(option.id, row);
    return row;
  });
  const element = h("fieldset", { class: `sw-choices sw-${look}`, "aria-labelledby": labelledby ?? null },
    legend ? h("legend", { class: "sw-legend" }, rich(legend)) : null, hint, h("div", { class: "sw-rows" }, rows));
  const write = (ids) => inputs.forEach((input, id) => { input.checked = (ids ?? []).includes(id); });
  const mark = (words, parts) => boxes.forEach((row, id) => markChoice(row, inputs.get(id), words, parts?.[id]));
  return { element, inputs, read, write, mark };
}

export const SIGN_CLASSES = ["sw-is-right", "sw-is-wrong", "sw-is-partly", "sw-is-open", "sw-is-person", "sw-is-key"];

function markChoice(row, input, words, part) {
  row.querySelector(".sw-part")?.remove();
  row.classList.remove(...SIGN_CLASSES);
  input.removeAttribute("aria-describedby");
  if (!part) return;
  const id = `${input.id}-note`;
  row.append(partNote(words, part, id));
  if (part.outcome) row.classList.add(`sw-is-${signOf(part.outcome)}`);
  input.setAttribute("aria-describedby", id);
}

// The button of the cure: runs all cells in JupyterLab and Notebook 7, by their own command.
export function startButton(words) {
  return h("button", { type: "button", class: "sw-button sw-start", "data-commandlinker-command": "notebook:run-all-cells", "data-commandlinker-args": "{}" }, say(words, "start.button"));
}

// Put the kit's look on the page once; a newer version replaces an older one.
export function wearStyle() {
  const known = document.getElementById("sayswho-style");
  if (known?.textContent === STYLE) return;
  known?.remove();
  document.head.append(h("style", { id: "sayswho-style" }, STYLE));
}
