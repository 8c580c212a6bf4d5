import { bare, h, icon, partNote, rich, say, signOf } from "./core.js";

// The standing place where a question speaks: one live region (role=status) that exists before anything is answered and
// says each thing once, and below it the reasons, which are read on from there. The outcome is seen and heard; what is
// announced besides is only heard, and leaves the outcome where it is.
export function feedbackBox(words) {
  const live = h("p", { class: "sw-status", role: "status", "aria-atomic": false });
  const detail = h("div", { class: "sw-detail" });
  const element = h("div", { class: "sw-feedback" }, live, detail);
  const announce = (text) => {
    const heard = h("span", { class: "sw-quiet" }, live.lastChild?.textContent === text ? `${text}\u00a0` : text);
    if (element.classList.contains("sw-shown")) live.querySelector(".sw-quiet")?.remove();
    else live.replaceChildren();
    live.append(heard);
  };
  const hide = () => {
    detail.replaceChildren();
    live.replaceChildren();
    element.className = "sw-feedback";
  };
  const show = (feedback, { partsDrawn, names = {} }) => {
    const sign = signOf(feedback.outcome);
    live.replaceChildren(icon(sign), h("strong", null, feedback.summary));
    detail.replaceChildren(...feedbackDetail(words, feedback, { partsDrawn, names }));
    element.className = `sw-feedback sw-is-${sign} sw-shown`;
  };
  return { element, announce, show, hide };
}

// What stands below the outcome: the parts (unless the question shows them in place), the reason why, a model answer.
export function feedbackDetail(words, feedback, { partsDrawn = false, names = {} }) {
  const parts = partsDrawn ? [] : (feedback.parts ?? []).filter((part) => part.text || part.key);
  return [
    feedback.chains ? twoChains(words, feedback.chains) : null,
    feedback.key && !feedback.chains ? h("p", { class: "sw-why" }, h("strong", null, say(words, "part.key", { key: bare(feedback.key) }))) : null,
    parts.length ? h("ul", { class: "sw-parts" }, parts.map((part) => h("li", null, names[part.id] ? h("p", { class: "sw-part-of sw-text" }, names[part.id]) : null, partNote(words, part)))) : null,
    feedback.why ? h("p", { class: "sw-why", dir: "auto" }, rich(feedback.why)) : null,
    feedback.model ? h("p", { class: "sw-why" }, h("strong", null, say(words, "feedback.model")), " ", rich(feedback.model)) : null,
  ].filter(Boolean);
}

const CARD_SIGNS = { kept: "saved", moved: "moved", extra: "wrong", missed: "open" };

// The chain that was made and the right one, link by link: two lists, each card with its place said in words.
function twoChains(words, chains) {
  const side = (name, title) => h("section", { class: "sw-links-side" }, h("p", { class: "sw-legend" }, say(words, title)),
    h("ol", { class: `sw-links sw-links-${name}`, "aria-label": say(words, title) }, chains[name].map((card) => h("li", { class: `sw-link sw-link-${card.state}` },
      h("span", { class: "sw-link-body" }, h("span", { class: "sw-link-text", dir: "auto" }, rich(card.text)), " ",
        h("span", { class: "sw-link-state" }, icon(CARD_SIGNS[card.state]), say(words, `chain.state.${card.state}`)))))));
  return h("div", { class: "sw-two-chains" }, side("yours", "chain.order"), side("key", "chain.key"));
}

// What each part of an answer is called when its feedback stands in a list: the texts of options, cards, clauses, fields.
export function partNames(item) {
  const names = {};
  for (const one of [...item.options, ...item.cards]) names[one.id] = one.text;
  for (const one of item.fields) names[one.id] = one.prompt;
  for (const unit of item.units) {
    names[unit.id] = unit.text;
    for (const question of item.questions) names[`${unit.id}.${question.id}`] = `${question.prompt} ${unit.text}`;
  }
  return names;
}
