import { choices, say, sayMany } from "./core.js";
import { draw_quoted } from "./write.js";

// pick: one option, exactly so many, or any number, from options or from clauses of a text. Value: list of ids.
export function draw_pick(ctx) {
  const { item, uid, words } = ctx;
  const one = item.choose === 1;
  const count = document.createElement("p");
  count.className = "sw-count";
  const box = choices({ uid, name: "pick", options: item.options, many: !one, labelledby: `${uid}-prompt`,
    changed: () => { recount(); ctx.changed(); } });
  const recount = () => {
    const chosen = box.read().length;
    const tooMany = item.choose > 1 && chosen > item.choose;
    count.textContent = tooMany ? sayMany(words, "pick.fewer", chosen - item.choose) : countLine(words, item.choose, chosen);
    if (tooMany && !count.classList.contains("sw-over")) ctx.announce(count.textContent);
    count.classList.toggle("sw-over", tooMany);
  };
  if (!one) box.element.prepend(count);
  recount();
  if (item.units.length) box.element.prepend(draw_quoted(item.units));
  return {
    element: box.element,
    read: () => (box.read().length ? box.read() : null),
    write: (value) => { box.write(value); recount(); },
    ready: () => readyToCheck(words, item.choose, box.read().length),
    lock: (feedback) => {
      // The right option stands there itself, so its words are not said once more.
      box.mark(words, feedback && Object.fromEntries((feedback.parts ?? []).map((part) => [part.id, { ...part, key: null }])));
      return true;
    },
  };
}

function countLine(words, choose, chosen) {
  return choose === 0 ? sayMany(words, "pick.any", chosen) : say(words, "pick.exactly", { n: chosen, choose });
}

function readyToCheck(words, choose, chosen) {
  if (chosen === 0) return say(words, choose === 1 ? "pick.none" : "pick.none_yet");
  if (choose < 2 || chosen === choose) return null;
  return chosen < choose ? sayMany(words, "pick.more", choose - chosen) : sayMany(words, "pick.fewer", chosen - choose);
}
