import { h, icon, rich } from "./core.js";
import { LETTERS, countHand } from "./hands.js";

// The answers as cards: number, words, hands, and, once they were asked for, the class and the key. `changed()` after a click.
export function answerCards(screen, hands, changed) {
  const cards = new Map();
  const element = h("ol", { class: "sp-answers", "data-count": screen.options.length > 5 ? "many" : screen.options.length },
    screen.options.map((option, place) => {
      const card = oneCard(option, place, hands, changed);
      cards.set(option.id, card);
      return card.element;
    }));
  return { element, draw: (shown) => cards.forEach((card, id) => drawCard(card, id, hands, shown)) };
}

function oneCard(option, place, hands, changed) {
  const letter = LETTERS[place] ?? "";
  const number = h("span", { class: "sp-number" }, "0");
  const step = (by, sign, name) => h("button", { type: "button", class: "sp-step", "aria-label": `${name} for ${letter || option.text}`,
    onclick: () => { countHand(hands, option.id, by); changed(); } }, sign);
  const bar = h("span", { class: "sp-bar-fill" });
  const share = h("p", { class: "sp-share" });
  const group = h("div", { class: "sp-class", hidden: true }, h("span", { class: "sp-bar", "aria-hidden": true }, bar), share);
  const verdict = h("p", { class: "sp-verdict", hidden: true });
  const element = h("li", { class: `sp-answer sp-hue-${place % 8}` },
    h("p", { class: "sp-words-row" }, h("span", { class: "sp-badge" }, letter), h("span", { class: "sp-answer-words", dir: "auto" }, rich(option.text))),
    h("div", { class: "sp-hands" }, h("span", { class: "sp-small" }, "Hands"), step(-1, "−", "One hand less"), number, step(1, "+", "One hand more")),
    group, verdict);
  return { element, number, bar, share, group, verdict };
}

function drawCard(card, id, hands, { class: group, key }) {
  card.number.textContent = String(hands.counts[id] ?? 0);
  card.element.classList.toggle("sp-counting", hands.at === id);
  card.group.hidden = !group?.n;
  if (group?.n) {
    const count = group.counts[id] ?? 0;
    const share = group.shares[id];
    card.share.textContent = share === undefined ? `Class: ${count} of ${group.n}` : `Class: ${share} % (${count})`;
    card.bar.style.inlineSize = `${(100 * count) / group.n}%`;
  }
  const right = key?.right.includes(id);
  const also = key?.also.some((other) => other.options.includes(id));
  card.verdict.hidden = !right && !also;
  card.verdict.replaceChildren(...(right ? [icon("right"), "The key"] : also ? [icon("partly"), "Accepted too"] : []));
  card.element.classList.toggle("sp-right", Boolean(right));
  card.element.classList.toggle("sp-also", Boolean(also && !right));
}

// The reason of the key, what else is accepted, and the words it points at.
export function reasonBox(key, options) {
  const names = new Map(options.map((option) => [option.id, option.text]));
  const also = key.also.map((other) => h("p", { dir: "auto" }, h("strong", null, "Accepted too: "), rich(other.options.map((id) => names.get(id) ?? id).join("; ")), ". ", rich(other.why)));
  const quotes = key.quotes.length ? h("p", { dir: "auto" }, h("strong", null, "The words: "), key.quotes.map((quote) => `“${quote}”`).join(", ")) : null;
  return h("div", { class: "sp-why" }, key.note ? h("p", { dir: "auto" }, rich(key.note)) : null, quotes, key.why ? h("p", { dir: "auto" }, rich(key.why)) : null, also);
}
