// Choosing words of a passage, by mouse, touch or keyboard: one tab stop that moves from word to word.
//
// A choice is a range of words {from, to} (numbers in passage.words). It is open while its last word is still to be said:
//   mouse     drag · double click · click the first word, click the last (or shift-click)
//   touch     tap the first word, tap the last; a native long-press selection counts too; scrolling stays the page's
//   keyboard  arrows, Home, End, PageUp, PageDown move; with Shift they stretch; Enter or Space = a tap on the word here
// hooks: pressed(word) -> true if the press was used up (on a mark, say); opened(), chosen(): a range has its first word, is complete; moved(): the range
//        or the word here changed; enter(): Enter on a complete range; key(event) -> true if it dealt with another key;
//        about(token) -> ids that describe it; covered() -> height of what sticks to the top; wordName: "word".

export function wordChooser(passage, hooks) {
  const state = { passage, hooks, here: 0, anchor: 0, range: null, open: false, painted: null, goal: null, pointer: "", drag: null };
  const { element } = passage;
  if (passage.words.length) passage.words[0].node.tabIndex = 0;
  element.addEventListener("pointerdown", (event) => { state.pointer = event.pointerType; });
  element.addEventListener("mousedown", (event) => startDrag(state, event));
  element.addEventListener("click", (event) => tapped(state, event));
  element.addEventListener("selectstart", () => followSelection(state));
  element.addEventListener("keydown", (event) => keyPressed(state, event));
  element.addEventListener("focusin", (event) => wordFocused(state, event));
  element.addEventListener("focusout", (event) => wordLeft(event));
  return {
    get here() { return state.here; },
    get range() { return state.range; },
    get open() { return state.open; },
    clear: () => setRange(state, null),
    choose: (from, to) => { state.anchor = from; state.here = to; setRange(state, { from, to }); },
    focus: (word = state.here, scroll = false) => moveTo(state, word, scroll),
  };
}

function setRange(state, range, open = false) {
  state.range = range;
  state.open = open;
  paintRange(state);
  state.hooks.moved();
}

function stretch(state, word, open = false) {
  setRange(state, { from: Math.min(state.anchor, word), to: Math.max(state.anchor, word) }, open);
}

// Only the tokens whose colour changes are touched.
function paintRange(state) {
  const { words, tokens } = state.passage;
  const next = state.range && { from: words[state.range.from].at, to: words[state.range.to].at };
  const last = state.painted;
  const within = (range, at) => range && at >= range.from && at <= range.to;
  const each = (range, fn) => { for (let at = range?.from ?? 1; at <= (range?.to ?? 0); at += 1) fn(tokens[at].node, at); };
  each(last, (node, at) => { if (!within(next, at)) node.classList.remove("sw-on"); });
  each(next, (node, at) => { if (!within(last, at)) node.classList.add("sw-on"); });
  state.painted = next;
  const focused = words[state.here]?.node;
  if (focused === document.activeElement) focused.setAttribute("aria-pressed", String(focused.classList.contains("sw-on")));
}

// A click, tap, Enter or Space on one word.
function press(state, word, byKey = false) {
  const { hooks, range } = state;
  if (state.open) {
    state.justClosed = true;
    stretch(state, word);
    return hooks.chosen();
  }
  if (hooks.pressed(word)) return undefined;
  if (byKey && range && word >= range.from && word <= range.to) return hooks.enter();
  state.anchor = word;
  setRange(state, { from: word, to: word }, true);
  return hooks.opened();
}

function moveTo(state, word, scroll = false) {
  const { words, element } = state.passage;
  if (!words[word]) return;
  words[state.here].node.removeAttribute("tabindex");
  state.here = word;
  const { node } = words[word];
  node.tabIndex = 0;
  node.focus({ preventScroll: true });
  if (!scroll) return;
  element.style.setProperty("--sw-covered", `${state.hooks.covered()}px`);
  node.scrollIntoView({ block: "nearest" });
}

// A word has a role only while it is in focus, so that the text reads as prose before and after.
function wordFocused(state, event) {
  const token = state.passage.tokenOf(event.target);
  if (!token || token.node !== event.target) return;
  const { node } = token;
  state.here = token.word;
  node.setAttribute("role", "button");
  node.setAttribute("aria-roledescription", state.hooks.wordName);
  node.setAttribute("aria-pressed", String(node.classList.contains("sw-on")));
  const about = state.hooks.about(token);
  if (about) node.setAttribute("aria-describedby", about);
}

function wordLeft(event) {
  for (const name of ["role", "aria-roledescription", "aria-pressed", "aria-describedby"]) event.target.removeAttribute(name);
}

// ---- mouse and touch

// The word at a point of the screen; between two words, the one nearer to the start of the drag.
function wordAt(state, event, anchor = null) {
  const { passage } = state;
  const token = passage.tokenOf(document.elementFromPoint(event.clientX, event.clientY)) ?? passage.tokenOf(caretNode(event));
  if (!token) return null;
  if (token.word >= 0) return token.word;
  const [before, after] = [token.before?.word ?? null, token.after?.word ?? null];
  if (before === null || after === null) return before ?? after;
  if (anchor === null) return nearer(event.clientX, token.before.node, token.after.node) ? before : after;
  return before >= anchor ? before : after <= anchor ? after : anchor;
}

function nearer(x, one, other) {
  const off = (node) => { const { left, right } = node.getBoundingClientRect(); return Math.max(left - x, x - right, 0); };
  return off(one) <= off(other);
}

function caretNode({ clientX, clientY }) {
  if (document.caretPositionFromPoint) return document.caretPositionFromPoint(clientX, clientY)?.offsetNode ?? null;
  return document.caretRangeFromPoint?.(clientX, clientY)?.startContainer ?? null;
}

function startDrag(state, event) {
  if (state.pointer !== "mouse" || event.button !== 0) return;
  const word = wordAt(state, event);
  if (word === null) return;
  event.preventDefault();
  state.goal = null;
  getSelection()?.removeAllRanges();
  moveTo(state, word);
  state.drag = { word, x: event.clientX, y: event.clientY, moved: false };
  if (event.shiftKey && (state.range || state.open)) return endDragAt(state, word);
  if (event.detail > 1 && state.justClosed) return undefined;
  state.justClosed = false;
  if (event.detail === 2) return chooseWords(state, word, word);
  if (event.detail > 2) return chooseUnit(state, word);
  return followDrag(state);
}

function endDragAt(state, word) {
  state.drag = null;
  stretch(state, word);
  state.hooks.chosen();
}

function chooseUnit(state, word) {
  const own = state.passage.words[word].unit.tokens.filter((token) => token.word >= 0);
  chooseWords(state, own[0].word, own.at(-1).word);
}

function chooseWords(state, from, to) {
  state.drag = null;
  state.anchor = from;
  setRange(state, { from, to });
  state.hooks.chosen();
}

function followDrag(state) {
  const move = (event) => {
    const { drag } = state;
    if (!drag) return;
    if (!drag.moved && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 5) return;
    if (!drag.moved) { drag.moved = true; state.anchor = drag.word; state.hooks.dragging?.(); }
    const word = wordAt(state, event, drag.word);
    if (word !== null && word !== drag.last) { drag.last = word; stretch(state, word); }
  };
  const up = () => {
    removeEventListener("mousemove", move, true);
    removeEventListener("mouseup", up, true);
    const { drag } = state;
    state.drag = null;
    if (!drag) return;
    if (!drag.moved) return press(state, drag.word);
    if (state.range) { moveTo(state, drag.last ?? drag.word); state.hooks.chosen(); }
    return undefined;
  };
  addEventListener("mousemove", move, true);
  addEventListener("mouseup", up, true);
}

// A tap, or the click that a screen reader makes. Mouse clicks were dealt with when the button came up.
function tapped(state, event) {
  const byMouse = state.pointer === "mouse";
  state.pointer = "";
  if (byMouse) return;
  const word = event.detail ? wordAt(state, event) : state.passage.tokenOf(event.target)?.after?.word ?? null;
  if (word === null) return;
  moveTo(state, word);
  press(state, word);
}

// A native selection inside the passage (long press, caret browsing) is taken over word by word.
function followSelection(state) {
  const { passage } = state;
  const changed = () => {
    const selection = getSelection();
    if (!passage.element.isConnected || !selection?.anchorNode || !passage.element.contains(selection.anchorNode)) {
      document.removeEventListener("selectionchange", changed);
      state.following = false;
      return;
    }
    if (selection.isCollapsed || state.drag) return;
    const ends = selection.getRangeAt(0);
    const first = passage.tokenOf(ends.startContainer)?.after;
    const last = passage.tokenOf(ends.endContainer)?.before;
    if (!first || !last || last.word < first.word) return;
    state.anchor = first.word;
    setRange(state, { from: first.word, to: last.word });
  };
  if (state.following) return;
  state.following = true;
  document.addEventListener("selectionchange", changed);
}

// ---- keyboard

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

function keyPressed(state, event) {
  if (event.altKey) return;
  const chord = event.ctrlKey || event.metaKey;
  const target = chord && !["Home", "End"].includes(event.key) ? null : targetOf(state, event.key, chord);
  if (target !== null) {
    event.preventDefault();
    return walk(state, target, event.shiftKey);
  }
  if (chord) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    return press(state, state.here, true);
  }
  if (state.hooks.key(event)) event.preventDefault();
}

function walk(state, word, stretching) {
  const { hooks } = state;
  if (stretching && !state.range) state.anchor = state.here;
  moveTo(state, word, true);
  if (stretching || state.open) return stretch(state, word, state.open && !stretching);
  if (state.range) return setRange(state, null);
  return hooks.moved();
}

function targetOf(state, key, toEnds) {
  const { words } = state.passage;
  const { here } = state;
  const last = words.length - 1;
  if (key !== "ArrowUp" && key !== "ArrowDown") state.goal = null;
  if (key in STEPS) {
    const turned = getComputedStyle(words[here].unit.paragraph).direction === "rtl" ? -1 : 1;
    return Math.min(last, Math.max(0, here + STEPS[key] * turned));
  }
  if (key === "ArrowUp" || key === "ArrowDown") return wordOnLine(state, key === "ArrowUp" ? -1 : 1);
  if (key === "Home") return toEnds ? 0 : lineEnd(words, here, -1);
  if (key === "End") return toEnds ? last : lineEnd(words, here, 1);
  if (key === "PageUp" || key === "PageDown") return paragraphStart(words, here, key === "PageUp" ? -1 : 1);
  return null;
}

const rectOf = (word) => word.node.getClientRects()[0];

// The last word in one direction that still stands on the same line as `here`.
function lineEnd(words, here, step) {
  const line = rectOf(words[here]);
  let word = here;
  while (words[word + step] && sameLine(rectOf(words[word + step]), line)) word += step;
  return word;
}

function sameLine(one, other) {
  return Math.abs((one.top + one.bottom) / 2 - (other.top + other.bottom) / 2) < other.height * 0.6;
}

// The word above or below, as near as can be to the column where the walk began.
function wordOnLine(state, step) {
  const { words } = state.passage;
  const own = rectOf(words[state.here]);
  state.goal ??= (own.left + own.right) / 2;
  const first = lineEnd(words, state.here, step) + step;
  if (!words[first]) return step < 0 ? 0 : words.length - 1;
  const end = lineEnd(words, first, step);
  let best = first;
  const off = (word) => { const { left, right } = rectOf(words[word]); return Math.max(left - state.goal, state.goal - right, 0); };
  for (let word = first; word !== end + step; word += step) if (off(word) < off(best)) best = word;
  return best;
}

function paragraphStart(words, here, step) {
  const own = words[here].unit.paragraph;
  const starts = words.filter((word, i) => word.unit.paragraph !== words[i - 1]?.unit.paragraph);
  const at = starts.findIndex((word) => word.unit.paragraph === own);
  if (step < 0) return here > starts[at].word ? starts[at].word : (starts[at - 1] ?? starts[at]).word;
  return (starts[at + 1] ?? words.at(-1)).word;
}
