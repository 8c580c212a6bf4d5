// Running text: real paragraphs of units, cut into words and what stands between them, and spans painted over them.
//
// A token is a word, a run of blanks or one other character: {node, text, start, end, unit, at, word, before, after}.
// `start` and `end` are UTF-16 offsets in the unit's text; `at` is its number in the whole passage; `word` is the word's
// number in the whole passage, or -1; `before` and `after` are the nearest words of the same unit. Tokens keep their nodes
// for life, so that painting is cheap and focus can be given back.
import { h, pointAt, offsetAt } from "./core.js";

const HYPHEN = /^[-\u2010\u2011]$/u;
const INITIAL = /(?:^|[-\u2010\u2011.])\p{L}$/u;
const INITIALS = /(?:^|[-\u2010\u2011])(?:\p{L}\.)+\p{L}$/u;
const SYMBOL = /[\p{L}\p{N}\p{S}\p{Extended_Pictographic}]/u;

// The pieces of a text by the language's own rules; without Intl.Segmenter, runs of letters and figures.
function segmentsOf(text) {
  if (typeof Intl !== "undefined" && Intl.Segmenter) {
    const words = new Intl.Segmenter(undefined, { granularity: "word" });
    return [...words.segment(text)].map(({ segment, index, isWordLike }) => ({ text: segment, start: index, word: isWordLike || SYMBOL.test(segment) }));
  }
  const runs = text.matchAll(/[\p{L}\p{M}\p{N}'’]+|\s+|./gsu);
  return [...runs].map(({ 0: run, index }) => ({ text: run, start: index, word: SYMBOL.test(run) }));
}

// Words as a reader sees them: "US-Japanese" is one word, and the last point of "U.S." belongs to it.
export function wordsOf(text) {
  const joined = [];
  segmentsOf(text).forEach((piece, i, pieces) => {
    const last = joined.at(-1);
    const follows = pieces[i + 1]?.word;
    const glued = last?.word && ((HYPHEN.test(piece.text) && follows) || (piece.word && /[-\u2010\u2011.]$/u.test(last.text))
      || (piece.text === "." && (INITIALS.test(last.text) || (INITIAL.test(last.text) && follows))));
    if (glued) last.text += piece.text;
    else joined.push({ ...piece });
  });
  return joined.map(({ text: part, start, word }) => ({ text: part, start, end: start + part.length, word }));
}

// Units of a payload in the order of the text, paragraph by paragraph: [[{id, text, asked}]]. `context` are the units that
// are shown but not asked; each says `before` which asked one it stands (null: after them all).
export function paragraphsOf(units, context = []) {
  const between = (id) => (context ?? []).filter((unit) => (unit.before ?? null) === id).map((unit) => ({ ...unit, asked: false }));
  const all = [...units.flatMap((unit) => [...between(unit.id), { ...unit, asked: true }]), ...between(null)];
  const paragraphs = [];
  let last;
  for (const unit of all) {
    if (!paragraphs.length || unit.paragraph !== last) paragraphs.push([]);
    paragraphs.at(-1).push(unit);
    last = unit.paragraph;
  }
  return paragraphs;
}

// The passage as paragraphs. Only units that are asked are cut into tokens, and only if `cut`.
//   -> {element, units: Map(id -> {id, element, text, tokens, paragraph}), tokens, words, tokenOf(node)}
export function drawPassage({ units, context = [], cut = true }) {
  const passage = { element: h("div", { class: "sw-passage sw-text" }), units: new Map(), tokens: [], words: [] };
  const owners = new WeakMap();
  paragraphsOf(units, context).forEach((paragraph) => {
    const headline = paragraph.length === 1 && paragraph[0].id === "H" ? " sw-headline" : "";
    const element = h("p", { class: `sw-paragraph${headline}`, dir: "auto" });
    paragraph.forEach((unit, i) => {
      if (i) element.append(" ");
      element.append(drawUnit(passage, owners, unit, element, cut));
    });
    passage.element.append(element);
  });
  passage.tokenOf = (node) => {
    const element = node?.nodeType === 3 ? node.parentNode : node;
    return owners.get(element?.closest?.(".sw-token")) ?? null;
  };
  return passage;
}

function drawUnit(passage, owners, unit, paragraph, cut) {
  const element = h("span", { class: unit.asked ? "sw-unit" : "sw-unit sw-context", "data-unit": unit.id });
  const shown = { id: unit.id, element, text: unit.text, asked: unit.asked, paragraph, tokens: [] };
  passage.units.set(unit.id, shown);
  if (!cut || !unit.asked) {
    element.append(unit.text);
    return element;
  }
  for (const piece of wordsOf(unit.text)) {
    const node = h("span", { class: piece.word ? "sw-token sw-word" : "sw-token" }, piece.text);
    const token = { ...piece, node, unit: shown, at: passage.tokens.length, word: piece.word ? passage.words.length : -1 };
    owners.set(node, token);
    if (piece.word) passage.words.push(token);
    passage.tokens.push(token);
    shown.tokens.push(token);
  }
  nearestWords(shown.tokens);
  element.append(...shown.tokens.map((token) => token.node));
  return element;
}

function nearestWords(tokens) {
  let before = null;
  for (const token of tokens) {
    if (token.word >= 0) before = token;
    token.before = before;
  }
  let after = null;
  for (const token of [...tokens].reverse()) {
    if (token.word >= 0) after = token;
    token.after = after;
  }
}

// From words of one unit to what an answer stores: the only place where UTF-16 offsets become code points.
export function spanOf(first, last) {
  const { text, id } = first.unit;
  return { unit: id, start: pointAt(text, first.start), end: pointAt(text, last.end), quote: text.slice(first.start, last.end) };
}

// From a stored span to the tokens it touches, as places in the unit's own list, or null if it lies outside the text.
export function tokensAt(unit, { start, end }) {
  const [from, to] = [offsetAt(unit.text, start), offsetAt(unit.text, end)];
  const first = unit.tokens.findIndex((token) => token.end > from);
  const last = unit.tokens.findLastIndex((token) => token.start < to);
  return first < 0 || last < first ? null : { from: first, to: last };
}

// Paint spans on a unit: [{from, to (places of tokens), name (class), key, tags: [nodes]}]. Spans may overlap: the inner one
// nests, a crossing one is cut where the other ends, and each gets its own lane below the line.
export function paintUnit(unit, spans) {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const lanes = [];
  for (const span of sorted) {
    const lane = lanes.findIndex((end) => end < span.from);
    span.lane = lane < 0 ? lanes.length : lane;
    lanes[span.lane] = span.to;
  }
  unit.element.classList.toggle("sw-deep", lanes.length > 2);
  const focused = unit.element.contains(document.activeElement) ? document.activeElement : null;
  const old = [...unit.element.childNodes];
  nest(unit.element, unit.tokens, sorted, 0, unit.tokens.length - 1);
  old.forEach((node) => { if (node.nodeName === "MARK" || node.nodeName === "SMALL") node.remove(); });
  if (focused?.isConnected && document.activeElement !== focused) focused.focus({ preventScroll: true });
}

// Put a node last in its parent. moveBefore() leaves focus where it is, and where it exists nothing has to be given back.
function putLast(parent, node) {
  if (parent.moveBefore && node.isConnected && parent.isConnected) parent.moveBefore(node, null);
  else parent.append(node);
}

function nest(parent, tokens, spans, from, to) {
  const plain = (end) => { for (; from < end; from += 1) putLast(parent, tokens[from].node); };
  let rest = spans;
  while (rest.length) {
    const [span, ...others] = rest;
    const last = Math.min(span.to, to);
    plain(span.from);
    const inner = others.filter((other) => other.from <= last);
    rest = others.filter((other) => other.to > last && last < to).map((other) => (other.from > last ? other : { ...other, from: last + 1 }));
    rest.sort((a, b) => a.from - b.from || b.to - a.to);
    const mark = h("mark", { class: `sw-span ${span.name} sw-lane-${Math.min(span.lane, 3)}`, "data-mark": span.key });
    parent.append(mark);
    nest(mark, tokens, inner, span.from, last);
    if (span.to <= last) span.tags.forEach((tag) => parent.append(tag));
    from = last + 1;
  }
  plain(to + 1);
}

// A quotation for a list or an announcement: whole if it is short, else its two ends.
export function shortened(quote, most = 48) {
  const letters = [...quote];
  if (letters.length <= most) return quote;
  const end = Math.floor(most / 2) - 1;
  return `${letters.slice(0, end).join("").trimEnd()} … ${letters.slice(-end).join("").trimStart()}`;
}

// A notebook's outputs are boxes that clip and scroll by themselves, so what sticks in them would stick to a box that never
// scrolls. Once `element` stands in one, the boxes around it up to its cell let go.
export function letStick(element) {
  if (!globalThis.ResizeObserver) return;
  const placed = new ResizeObserver(() => {
    if (!element.isConnected) return;
    placed.disconnect();
    const cell = element.closest(".jp-Cell");
    for (let node = element.closest(".sw")?.parentElement; cell && node && node !== cell; node = node.parentElement) node.classList.add("sw-unclipped");
  });
  placed.observe(element);
}
