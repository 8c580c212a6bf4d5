import { h } from "./core.js";
import { keyButton, keycap } from "./host.js";

// One panel at a time between the top of the desk and the answer: keys, flags, agreement, the bank.
// -> {element, open(name, title, content, {onDigit}), close(), name(), onDigit(digit) -> whether the panel takes digits now}
export function drawPanelPlace(closed) {
  const title = h("h3", { class: "sd-panel-title", tabindex: -1 });
  const body = h("div", { class: "sd-panel-body" });
  const element = h("section", { class: "sd-panel", hidden: true, "aria-label": "Panel" },
    h("div", { class: "sd-panel-head" }, title, keyButton("Close", "Esc", () => close(), { "aria-keyshortcuts": "Escape" })), body);
  let state = null;
  const close = () => {
    if (!state) return;
    state = null;
    element.hidden = true;
    body.replaceChildren();
    closed();
  };
  const open = (name, heading, content, more = {}) => {
    state = { name, ...more };
    element.hidden = false;
    element.setAttribute("aria-label", heading);
    title.textContent = heading;
    body.replaceChildren(...[content].flat());
    (body.querySelector(".sd-bank-take, .sd-goto") ?? title).focus();
  };
  return { element, open, close, refill: (content) => body.replaceChildren(...[content].flat()), name: () => state?.name ?? null,
    onDigit: (digit) => {
      if (!state?.onDigit || !element.contains(element.getRootNode().activeElement)) return false;
      state.onDigit(digit);
      return true;
    } };
}

const KEYS_TOLD = [
  [["0", "…", "9"], "give the current criterion this level and go to the next"],
  [["Up", "Down"], "the criterion before or after"],
  [["n", "Right"], "the next answer"],
  [["p", "Left"], "the answer before"],
  [["j"], "the next answer that still waits"],
  [["c"], "write a comment; Esc leaves it"],
  [["b", "/"], "the comment bank"],
  [["f"], "flag for a second look, or take the flag away"],
  [["u"], "undo the last change, also after a reload"],
  [["Backspace"], "take the level of the current criterion back"],
  [["?"], "this list"],
  [["Esc"], "close, or leave the comment"],
];

export function keyList() {
  return h("dl", { class: "sd-keys" }, KEYS_TOLD.map(([keys, what]) => h("div", { class: "sd-keys-row" },
    h("dt", null, keys.map((key) => h("kbd", { class: "sd-key" }, key))), h("dd", null, what))));
}

// The flagged answers, each a way to it.
export function flagList(flagged, goTo) {
  if (!flagged.length) return h("p", null, "Nothing is flagged. Press ", keycap("f"), " at an answer that you want to see again.");
  return h("ul", { class: "sd-flags" }, flagged.map((answer) => h("li", null,
    h("button", { type: "button", class: "sd-button sd-goto", onclick: () => goTo(answer) }, `Answer ${answer.number}`), " ", h("span", { class: "sd-soft" }, answer.item))));
}

// How far each marker is, and how far two agree, a row a criterion.
export function agreementTable(rows, progress) {
  const told = h("p", null, progress.map(({ marker, done, of }) => `${marker}: ${of ? `${done} of ${of}` : done} marked`).join(" · "));
  if (!rows.length) {
    return [told, h("p", null, "No answer has been marked by two people yet. Split the marking with a share that is marked twice (sayswho marks split … --double 0.2), and keep all files marks-AB.csv, marks-CD.csv … in one folder.")];
  }
  const head = ["Criterion", "Marked twice", "Same level", "Within one", "Weighted kappa"];
  return [told, h("div", { class: "sd-scroll", tabindex: 0, role: "group", "aria-label": "Agreement, criterion by criterion" }, h("table", { class: "sd-table" },
    h("thead", null, h("tr", null, head.map((name) => h("th", { scope: "col" }, name)))),
    h("tbody", null, rows.map((row) => h("tr", null, h("th", { scope: "row" }, row.name, h("span", { class: "sd-soft" }, ` ${row.item}`)),
      [row.n, row.alike, row.near, row.kappa ?? "–"].map((value) => h("td", null, String(value)))))))),
    h("p", { class: "sd-soft" }, "1 is full agreement, 0 is chance; a difference of two levels weighs four times as much as one of one. A dash: fewer than ten answers, or one and the same level throughout.")];
}
