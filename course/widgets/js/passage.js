// Running text: real paragraphs of units, cut into words and what stands between them, and spans painted over them.
//
// A token is a word, a run of blanks or one other character: {node, text, start, end, unit, word, before, after}. `start`
// and `end` are UTF-16 offsets in the unit's text; `word` is the word's number in the whole passage, or -1; `before` and
// `after` are the nearest words of the same unit. Tokens keep their nodes for life, so that focus and painting are cheap.
import { h, pointAt, offsetAt } from "./core.js";

const HYPHEN = /^[-\u2010\u2011]$/u;
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
  for (const piece of segmentsOf(text)) {
    const last = joined.at(-1);
    const open = last?.word && (last.hyphen || (HYPHEN.test(piece.text) && SYMBOL.test(text.slice(piece.start + 1, piece.start + 3).trim() ? text[piece.start + 1] : "")));
    if (last?.word && last.hyphen && piece.word) Object.assign(last, { text: last.text + piece.text, hyphen: false });
    else if (open && HYPHEN.test(piece.text)) Object.assign(last, { text: last.text + piece.text, hyphen: true });
    else if (last?.word && piece.text === "." && INITIALS.test(last.text)) last.text += piece.text;
    else joined.push({ ...piece });
  }
  return joined.map(({ text: part, start, word }) => ({ text: part, start, end: start + part.length, word }));
}
