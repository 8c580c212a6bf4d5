import { countWords, h, say, sayMany } from "./core.js";

const PAUSE = 600;

// A text box that hands its text over at a pause and when focus leaves it, with its words counted below.
// `typing()` says that something is being typed, `typing(false)` that it came to nothing.
//   {uid, name, label (or heard: a name that is only heard), lines, max, typing(), changed(), words} -> {element, input, read, write, flush, over}
export function writingBox({ uid, name, label = null, heard = null, lines, max, words, typing, changed, inputmode = null, describedby = null }) {
  const id = `${uid}-${name}`;
  const count = h("p", { class: "sw-words", id: `${id}-words` });
  let timer = null;
  let handed = "";
  const hand = () => {
    clearTimeout(timer);
    timer = null;
    if (input.value === handed) return typing(false);
    handed = input.value;
    return changed();
  };
  const oninput = () => {
    showCount();
    clearTimeout(timer);
    timer = setTimeout(hand, PAUSE);
    typing();
  };
  const attrs = { id, class: "sw-input", dir: "auto", spellcheck: true, autocomplete: "off", "aria-label": heard, inputmode,
    "aria-describedby": [describedby, max || lines > 1 ? count.id : null].filter(Boolean).join(" ") || null, oninput, onblur: () => { if (timer !== null) hand(); } };
  const input = lines > 1 ? h("textarea", { ...attrs, rows: lines, style: `--sw-lines: ${lines}` }) : h("input", { ...attrs, type: "text" });
  const showCount = () => {
    const n = countWords(input.value);
    count.textContent = wordLine(words, n, max);
    count.classList.toggle("sw-over", Boolean(max) && n > max);
  };
  const write = (text) => {
    clearTimeout(timer);
    timer = null;
    handed = text ?? "";
    if (input.value !== handed) input.value = handed;
    showCount();
  };
  write("");
  const element = h("div", { class: "sw-field" }, label ? h("label", { class: "sw-label", for: id }, label) : null, input, max || lines > 1 ? count : null);
  return { element, input, read: () => input.value, write, flush: () => { if (timer !== null) hand(); }, over: () => Boolean(max) && countWords(input.value) > max };
}

function wordLine(words, n, max) {
  if (!max) return sayMany(words, "write.words", n);
  if (n > max) return sayMany(words, "write.over", n - max, { n, max, over: n - max });
  return say(words, "write.words_of", { n, max });
}

// write: a short text or a number. Value: the string.
export function draw_write(ctx) {
  const { item, uid, words } = ctx;
  const passage = item.units.length ? draw_quoted(item.units) : null;
  const box = writingBox({ uid, name: "text", heard: say(words, "write.answer"), lines: item.number || (item.max_words && item.max_words <= 6) ? 1 : 2, max: item.number ? null : item.max_words,
    words, inputmode: item.number ? "decimal" : null, typing: ctx.typing, changed: ctx.changed });
  const text = () => box.read().trim();
  return {
    element: h("div", { class: item.number ? "sw-write sw-number" : "sw-write" }, passage, box.element),
    read: () => (text() ? box.read() : null),
    write: (value) => box.write(value),
    flush: box.flush,
    ready: () => {
      if (!text()) return say(words, "write.nothing");
      if (item.number && !/\d/.test(text())) return say(words, "write.number");
      return box.over() ? say(words, "write.too_long", { max: item.max_words }) : null;
    },
  };
}

// Clauses of a text to read above a question: real paragraphs, word for word.
export function draw_quoted(units) {
  const paragraphs = new Map();
  for (const unit of units) paragraphs.set(unit.paragraph, [...(paragraphs.get(unit.paragraph) ?? []), unit.text]);
  return h("blockquote", { class: "sw-quoted sw-text", dir: "auto" }, [...paragraphs.values()].map((texts) => h("p", null, texts.join(" "))));
}
