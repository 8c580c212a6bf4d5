import { h } from "./core.js";
import { keyButton, keycap } from "./host.js";
import { otherLine } from "./criteria.js";

const COMMENT_PAUSE = 600;

// The comment on one answer, saved at a pause, with the way to the bank.
// It is bound to the answer it was shown for, so that what is typed can reach no other.
// hooks: {write(answer id, text), bank(), keep(text)} -> {element, show(answer, marks, criteria), add(text), focus(), flush()}
export function drawComment(uid, hooks) {
  let timer = null;
  let bound = null;
  const hand = () => { clearTimeout(timer); timer = null; hooks.write(bound, box.value); };
  const oninput = () => { clearTimeout(timer); timer = setTimeout(hand, COMMENT_PAUSE); showKeep(); };
  const box = h("textarea", { id: `${uid}-comment`, class: "sd-comment-box", rows: 3, dir: "auto", spellcheck: true, autocomplete: "off", maxlength: 5000, oninput, onblur: () => { if (timer !== null) hand(); } });
  const keep = h("button", { type: "button", class: "sd-button", onclick: () => hooks.keep(box.value.trim()) }, "Keep it for reuse");
  const showKeep = () => { keep.disabled = !box.value.trim(); };
  const others = h("div", { class: "sd-others" });
  const element = h("section", { class: "sd-comment" },
    h("label", { class: "sd-comment-label", for: box.id }, "Comment for the learner ", keycap("c")), box,
    h("div", { class: "sd-row" }, keyButton("Comment bank", "b", hooks.bank), keep), others);
  const put = (text) => { if (box.value !== text) box.value = text; showKeep(); };
  return {
    element, box,
    show: (answer, marks, criteria) => {
      if (timer !== null && bound !== answer.id) hand();
      bound = answer.id;
      if (timer === null) put(marks.comment);
      const elsewhere = marks.others.filter((one) => !criteria.some(({ id }) => id === one.criterion) && (one.comment || one.criterion === "points"));
      others.replaceChildren(...elsewhere.map((one) => h("p", { class: "sd-other", dir: "auto" }, otherLine(one, one.criterion))));
    },
    add: (text) => { put([box.value.trim(), text].filter(Boolean).join(" ")); hand(); },
    focus: () => box.focus(),
    flush: () => { if (timer !== null) hand(); },
  };
}

// The bank: comments to use again. A digit takes one of the first nine; typing in the box narrows the list.
// hooks: {take(text), remove(text), close()}
export function drawBank(comments, uid, hooks) {
  const list = h("ol", { class: "sd-bank" });
  const filter = h("input", { type: "search", id: `${uid}-find`, class: "sd-find", placeholder: "Find a comment", "aria-label": "Find a comment", oninput: () => fill() });
  const shown = () => comments.filter((one) => one.toLowerCase().includes(filter.value.trim().toLowerCase()));
  const fill = () => list.replaceChildren(...shown().map((text, place) => h("li", { class: "sd-bank-row" },
    h("button", { type: "button", class: "sd-bank-take", onclick: () => hooks.take(text) }, place < 9 ? keycap(String(place + 1)) : null, h("span", { dir: "auto" }, text)),
    h("button", { type: "button", class: "sd-button sd-small", "aria-label": `Take out of the bank: ${text}`, onclick: () => hooks.remove(text) }, "Take out"))));
  fill();
  const element = h("div", null, comments.length ? [filter, list]
    : h("p", null, "The bank is empty. Write a comment and press Keep it for reuse, or fill a table comments.csv with one column, comment, beside the marks."));
  const onDigit = (digit) => { const text = shown()[digit - 1]; if (text) hooks.take(text); };
  return { element, onDigit };
}
