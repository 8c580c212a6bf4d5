import { countWords, h, rich } from "./core.js";
import { counted } from "./host.js";

// One answer to read: the question folded away above it, then its words field by field. `fold` remembers whether the question is unfolded.
export function essayParts(answer, item, { fold, note }) {
  const asked = h("details", { class: "sd-asked", open: fold.unfolded, ontoggle: (event) => { fold.unfolded = event.target.open; } }, h("summary", null, "The question and its text"),
    h("p", { class: "sd-prompt" }, rich(item.prompt)), item.help ? h("p", { class: "sd-soft" }, rich(item.help)) : null,
    item.text ? h("div", { class: "sd-text sw-text", tabindex: 0, role: "group", "aria-label": "The text" }, h("p", { class: "sd-text-title" }, item.text.title), item.text.paragraphs.map((words) => h("p", { dir: "auto" }, words))) : null,
    item.why ? h("p", { class: "sd-why" }, h("strong", null, "The key says: "), rich(item.why)) : null);
  const notes = [answer.cut ? "This answer is very long. Here stand its first 20,000 characters; the hand-in holds all." : "",
    answer.other_wording ? "This answer was given to another wording of the question. To mark it is to accept it." : "", note].filter(Boolean);
  return [asked, ...notes.map((words) => h("p", { class: "sd-note" }, words)), ...item.fields.map((field) => fieldPart(field, answer.texts[field.id] ?? ""))];
}

// That an answer was handed in anew after it was marked, with the way to say that its marks hold. -> {element, show(marks)}
export function changedNote(holds) {
  const element = h("div", { class: "sd-note sd-changed", role: "note" }, h("p", null, h("strong", null, "Changed since marked. "), "These levels were given for an earlier text of this answer. They count until you change them."),
    h("button", { type: "button", class: "sd-button", onclick: holds }, "They hold for this text"));
  return { element, show: (marks) => { element.hidden = !marks.changed; } };
}

// A learner's words: always text, never mark-up. Their direction is their own and does not reach what stands around them.
function fieldPart(field, text) {
  const n = countWords(text);
  const over = field.max_words && n > field.max_words;
  return h("section", { class: "sd-field" },
    h("div", { class: "sd-field-head" }, field.prompt ? h("h3", { class: "sd-field-name" }, field.prompt) : null,
      h("span", { class: over ? "sd-count sd-over" : "sd-count" }, field.max_words ? `${n} of ${field.max_words} words${over ? `, ${n - field.max_words} too many` : ""}` : counted(n, "word"))),
    text.trim() ? h("div", { class: "sd-words sw-text", dir: "auto" }, text) : h("p", { class: "sd-soft" }, "Nothing is written here."));
}
