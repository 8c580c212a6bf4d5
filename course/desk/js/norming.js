import { h, icon, rich } from "./core.js";
import { keyButton } from "./host.js";
import { isMarked } from "./criteria.js";
import { marksOf } from "./letters.js";

// The round before the marking: the same essays for every marker, each marked first and compared then.

export function normingOffer(essays, done, hooks) {
  const words = done ? `You have marked ${done} of ${essays.length}.` : "Mark them as you would mark a class. When an essay has all its levels, the published ones stand beside yours, with the reasons.";
  return h("section", { class: "sd-offer" }, h("h3", { class: "sd-offer-title" }, `Before you start: ${essays.length} essays to tune in on`),
    h("p", null, words, " They are invented, and their marks count for nobody."),
    h("div", { class: "sd-row" }, keyButton(done ? "Go on tuning in" : "Tune in", "", hooks.begin, { class: "sd-button sd-main" }), keyButton("Skip to the marking", "", hooks.skip)));
}

// What stands under a criterion's levels once the whole essay is marked.
export function publishedBeside(essay, item, book) {
  if (!essay.published || !isMarked(item, marksOf(book, essay.id))) return null;
  return (criterion, level) => {
    const published = essay.published[criterion.id];
    return [h("p", { class: `sd-published ${published === level ? "sd-alike" : "sd-differs"}` }, icon(published === level ? "right" : "partly"),
      h("span", null, h("strong", null, published === level ? `Published: ${published}, as you say. ` : `Published: ${published}; you say ${level}. `), rich(essay.reasons[criterion.id] ?? "")))];
  };
}

// A line a criterion over all essays that are marked.
export function normingResult(essays, items, book) {
  const marked = essays.filter((essay) => essay.published && isMarked(items[essay.item], marksOf(book, essay.id)));
  const names = new Map(marked.flatMap((essay) => items[essay.item].criteria.map((one) => [one.id, one])));
  const rows = [...names.values()].map((criterion) => resultLine(criterion, marked.filter((essay) => criterion.id in essay.published), book));
  if (!rows.length) return h("p", null, "No essay has all its levels yet.");
  return [h("p", null, `${marked.length} of ${essays.length} essays marked.`), h("ul", { class: "sd-result" }, rows)];
}

function resultLine(criterion, essays, book) {
  const apart = essays.map((essay) => marksOf(book, essay.id).levels[criterion.id] - essay.published[criterion.id]);
  const alike = apart.filter((one) => one === 0).length;
  const near = apart.filter((one) => Math.abs(one) <= 1).length;
  const mean = apart.reduce((sum, one) => sum + one, 0) / (apart.length || 1);
  const lean = Math.abs(mean) < 0.5 ? "" : mean > 0 ? " You give more than the published marks." : " You give less than the published marks.";
  return h("li", null, h("strong", null, criterion.name), `: the same level ${alike} of ${essays.length} times, within one level ${near} of ${essays.length}.`, lean);
}

export function normingLine(essay, place, n) {
  return `Essay ${place + 1} of ${n} to tune in on. These marks count for nobody.`;
}

// Whoever has skipped the round is not asked again, as long as this browser remembers.
export function keepSkipped(key) {
  try {
    localStorage.setItem(`sayswho-skipped:${key}`, "yes");
  } catch { /* it is offered again next time */ }
}

export function wasSkipped(key) {
  try {
    return localStorage.getItem(`sayswho-skipped:${key}`) === "yes";
  } catch {
    return false;
  }
}
