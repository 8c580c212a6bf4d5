import { bare, h, icon, partNote, rich, say, SIGN_CLASSES, signOf } from "./core.js";

// chain: put cards in order, first on top. Cards that do not belong may be left in the pool; given cards are in from the
// start and may be moved, not taken out. Value: list of card ids. Buttons and keys do everything:
// Enter or Space adds; with focus on a placed card's button, arrows move it and Delete takes it out.
export function draw_chain(ctx) {
  const { item, uid, words } = ctx;
  const chain = { ctx, placed: [...item.given], touched: false, parts: null, texts: Object.fromEntries(item.cards.map((card) => [card.id, bare(card.text)])) };
  chain.pool = h("ul", { class: "sw-pool", "aria-labelledby": `${uid}-pool` });
  chain.order = h("ol", { class: "sw-order", "aria-labelledby": `${uid}-order` });
  redrawChain(chain);
  return {
    element: h("div", { class: "sw-chain" },
      h("div", { class: "sw-chain-side" }, h("p", { class: "sw-legend", id: `${uid}-pool` }, say(words, "chain.pool")), chain.pool),
      h("div", { class: "sw-chain-side" }, h("p", { class: "sw-legend", id: `${uid}-order` }, say(words, "chain.order")), chain.order)),
    read: () => (chain.touched ? [...chain.placed] : null),
    write: (value) => { chain.touched = value !== null; chain.placed = knownCards(item, value); redrawChain(chain); },
    ready: () => (chain.touched && chain.placed.length > Math.max(1, item.given.length) ? null : say(words, "chain.nothing")),
    lock: (feedback) => { chain.parts = feedback && Object.fromEntries((feedback.parts ?? []).map((part) => [part.id, part])); redrawChain(chain); return true; },
  };
}

function knownCards(item, value) {
  const known = (value ?? []).filter((id, at, all) => item.cards.some((card) => card.id === id) && all.indexOf(id) === at);
  return [...item.given.filter((id) => !known.includes(id)), ...known];
}

// Rows are kept and moved, not made anew, so that focus stays where it is.
function redrawChain(chain) {
  const { item, words } = chain.ctx;
  const focused = chain.order.getRootNode().activeElement;
  chain.rows ??= new Map(item.cards.map((card) => [card.id, { pool: poolCard(chain, card), order: placedCard(chain, card) }]));
  const left = item.cards.filter((card) => !chain.placed.includes(card.id));
  arrangeRows(chain.pool, left.length ? left.map((card) => chain.rows.get(card.id).pool) : [h("li", { class: "sw-none" }, say(words, "chain.pool_empty"))]);
  arrangeRows(chain.order, chain.placed.length ? chain.placed.map((id) => chain.rows.get(id).order) : [h("li", { class: "sw-none" }, say(words, "chain.order_empty"))]);
  for (const [id, { order }] of chain.rows) noteCard(chain, order, chain.parts?.[id]);
  chain.placed.forEach((id, place) => markChainEdges(chain, chain.rows.get(id).order, place));
  if (focused && focused.isConnected && chain.order.contains(focused)) focused.focus();
}

function arrangeRows(list, rows) {
  if (list.children.length === rows.length && rows.every((row, at) => list.children[at] === row)) return;
  list.replaceChildren(...rows);
}

function noteCard(chain, row, part) {
  row.querySelector(".sw-part")?.remove();
  row.classList.remove(...SIGN_CLASSES);
  if (!part) return;
  row.append(partNote(chain.ctx.words, part));
  if (part.outcome) row.classList.add(`sw-is-${signOf(part.outcome)}`);
}

function markChainEdges(chain, row, place) {
  row.querySelector(".sw-up").setAttribute("aria-disabled", String(place === 0));
  row.querySelector(".sw-down").setAttribute("aria-disabled", String(place === chain.placed.length - 1));
}

function poolCard(chain, card) {
  const name = say(chain.ctx.words, "chain.add", { card: chain.texts[card.id] });
  return h("li", { class: "sw-card" }, h("button", { type: "button", class: "sw-card-add", "aria-label": name, onclick: (event) => { if (event.detail < 2) addCard(chain, card.id); } },
    h("span", { class: "sw-card-text", dir: "auto" }, rich(card.text)), icon("add")));
}

function placedCard(chain, card) {
  const { words, item } = chain.ctx;
  const given = item.given.includes(card.id);
  const tool = (shape, act) => h("button", { type: "button", class: `sw-tool sw-${shape}`, "aria-label": say(words, `chain.${shape}`, { card: chain.texts[card.id] }),
    title: say(words, `chain.${shape}`, { card: chain.texts[card.id] }), onclick: act }, icon(shape));
  const row = h("li", { class: "sw-card", onkeydown: (event) => moveCardByKey(chain, card.id, event) },
    h("div", { class: "sw-card-line" }, h("span", { class: "sw-card-text", dir: "auto" }, rich(card.text), given ? h("span", { class: "sw-given" }, ` (${say(words, "chain.given")})`) : null),
      h("span", { class: "sw-tools" }, tool("up", () => moveCard(chain, card.id, -1)), tool("down", () => moveCard(chain, card.id, 1)),
        given ? null : tool("remove", () => removeCard(chain, card.id)))));
  return row;
}

function moveCardByKey(chain, id, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = { ArrowUp: () => moveCard(chain, id, -1), ArrowDown: () => moveCard(chain, id, 1),
    Delete: () => removeCard(chain, id), Backspace: () => removeCard(chain, id) }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

function addCard(chain, id) {
  const at = [...chain.pool.children].indexOf(chain.rows.get(id).pool);
  chain.placed.push(id);
  changeChain(chain, "chain.added", id);
  const next = chain.pool.children[Math.min(at, chain.pool.children.length - 1)]?.querySelector("button");
  (next ?? chain.rows.get(id).order.querySelector(".sw-up")).focus();
}

function moveCard(chain, id, step) {
  const place = chain.placed.indexOf(id);
  const to = place + step;
  if (to < 0 || to >= chain.placed.length) {
    return chain.ctx.announce(say(chain.ctx.words, step < 0 ? "chain.edge_up" : "chain.edge_down", { card: chain.texts[id] }));
  }
  chain.placed.splice(place, 1);
  chain.placed.splice(to, 0, id);
  return changeChain(chain, "chain.moved", id);
}

function removeCard(chain, id) {
  if (chain.ctx.item.given.includes(id)) return;
  chain.placed = chain.placed.filter((one) => one !== id);
  changeChain(chain, "chain.removed", id);
  chain.rows.get(id).pool.querySelector("button").focus();
}

function changeChain(chain, said, id) {
  chain.touched = true;
  redrawChain(chain);
  chain.ctx.changed();
  chain.ctx.announce(say(chain.ctx.words, said, { card: chain.texts[id], place: chain.placed.indexOf(id) + 1, count: chain.placed.length }));
}
