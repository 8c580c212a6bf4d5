import { h, icon, newId, ownKeys, rich } from "./core.js";
import { counted, keyButton } from "./host.js";
import { whenOpened } from "./opening.js";

const LONGEST_REPLY = 600;
const OPENS_WITHIN = 4000;
const STATES = { open: ["open", "open"], accepted: ["right", "accepted"], kept: ["none", "key kept"] };

// Challenges: one clause a screen with its key, the vote of the class and what was argued. Returns what takes it down again.
export function draw_challenges(transport, el) {
  const words = { silent: "The kernel does not answer yet. Wait a moment; if this stays, run the cell again.", gone: "The kernel has stopped. Run the cell again." };
  return whenOpened(transport, el, words, OPENS_WITHIN, (opened) => drawChallenges(transport, el, opened.places));
}

function drawChallenges(transport, el, places) {
  const desk = { transport, uid: `sd-${newId().slice(0, 8)}`, place: 0, asking: null, by: transport.get("payload").by, places };
  desk.place = Math.max(0, desk.places.findIndex(waits));
  buildChallenges(desk, el);
  drawPlace(desk);
  const stops = [
    transport.on("message", (message) => hearDecision(desk, message)),
    transport.on("lost", () => sayTrouble(desk, "The kernel has stopped. Run the cell again; what was decided is on the disk.")),
  ];
  return () => stops.forEach((stop) => stop());
}

function waits(place) {
  return place.claims.some((claim) => claim.state === "open");
}

function buildChallenges(desk, el) {
  const { note, pack } = desk.transport.get("payload");
  desk.progress = h("p", { class: "sd-progress-words" });
  desk.live = h("p", { class: "sd-live", role: "status" });
  desk.trouble = h("div", { class: "sw-notice sd-notice", role: "alert", hidden: true });
  desk.where = h("h3", { class: "sd-where", tabindex: -1, id: `${desk.uid}-where` });
  desk.name = h("input", { type: "text", class: "sd-find sd-by", id: `${desk.uid}-by`, value: desk.by, autocomplete: "name", maxlength: 80 });
  desk.body = h("div", { class: "sd-body sd-challenge" });
  desk.nav = h("nav", { class: "sd-nav", "aria-label": "Places" }, keyButton("Previous", "p", () => stepPlace(desk, -1)), keyButton("Next", "n", () => stepPlace(desk, 1)), desk.where);
  desk.root = h("div", { class: "sw sd sd-challenges", tabindex: -1, role: "group", "aria-label": "Challenges", onkeydown: (event) => onPlaceKey(desk, event) },
    h("header", { class: "sd-top" }, h("h2", { class: "sd-title" }, "Challenges"), desk.progress,
      h("div", { class: "sd-row sd-tools" }, h("label", { class: "sd-soft", for: desk.name.id }, "Your name"), desk.name)),
    note ? h("p", { class: "sd-note" }, note) : null,
    pack ? h("p", { class: "sd-soft sd-pack" }, `What you accept goes into ${pack}/accepted.csv. The kit's own keys stay as they are.`) : null,
    desk.trouble, desk.live, desk.nav, desk.body);
  el.replaceChildren(ownKeys(desk.root));
  el.classList.add("sw-live");
}

function onPlaceKey(desk, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && desk.asking) {
    event.preventDefault();
    event.stopPropagation();
    return closeAsking(desk);
  }
  if (event.target.closest("input, textarea")) return;
  const step = { n: 1, ArrowRight: 1, p: -1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  stepPlace(desk, step);
}

function stepPlace(desk, by) {
  const { places } = desk;
  const next = Math.min(places.length - 1, Math.max(0, desk.place + by));
  if (next === desk.place) return;
  desk.place = next;
  desk.asking = null;
  desk.live.textContent = "";
  desk.trouble.hidden = true;
  drawPlace(desk);
  desk.where.focus();
}

function drawPlace(desk) {
  const { places } = desk;
  const claims = places.flatMap((place) => place.claims);
  const open = claims.filter((claim) => claim.state === "open").length;
  desk.progress.textContent = claims.length ? `${claims.length - open} of ${claims.length} decided` : "";
  desk.nav.hidden = places.length === 0;
  if (!places.length) return desk.body.replaceChildren(h("p", { class: "sd-prompt" }, "Nobody has argued for another answer."));
  desk.place = Math.min(desk.place, places.length - 1);
  const place = places[desk.place];
  desk.where.textContent = `${desk.place + 1} of ${places.length} · lesson ${place.lesson}${place.unit ? ` · clause ${place.unit}` : ""}`;
  const [previous, next] = desk.nav.querySelectorAll("button");
  previous.disabled = desk.place === 0;
  next.disabled = desk.place === places.length - 1;
  desk.body.replaceChildren(drawGiven(place), h("section", { class: "sd-side sd-claims", "aria-label": "What was argued" }, place.claims.map((claim) => drawClaim(desk, place, claim))));
}

// The left half: the clause, the key with its reason, what counts beside it, and the vote.
function drawGiven(place) {
  return h("article", { class: "sd-given-place" },
    h("p", { class: "sd-soft" }, rich(place.prompt), place.label ? ` (${place.label})` : null),
    place.words ? h("blockquote", { class: "sd-clause sw-text", dir: "auto" }, place.words) : null,
    h("dl", { class: "sd-keyed" }, h("dt", null, "Key"), h("dd", null, h("strong", { dir: "auto" }, place.key), place.why ? h("p", { dir: "auto" }, rich(place.why)) : null),
      place.readings.length ? [h("dt", null, "Counts too"), place.readings.map((one) => h("dd", null, h("strong", { dir: "auto" }, one.said), h("p", { dir: "auto" }, rich(one.why))))] : null),
    drawVotes(place));
}

function drawVotes(place) {
  const when = place.first ? "first answers, before any feedback" : "the answers that count";
  return h("section", { class: "sd-votes" }, h("h4", { class: "sd-votes-title" }, `How the class read it `, h("span", { class: "sd-soft" }, `${counted(place.voters, "student")}; ${when}`)),
    h("ul", null, place.votes.map((vote) => h("li", { class: `sd-vote${vote.keyed ? " sd-vote-key" : vote.claimed ? " sd-vote-claimed" : ""}` },
      h("span", { class: "sd-vote-words" }, h("span", { dir: "auto" }, vote.said), " ", voteTags(vote).map((tag) => [h("span", { class: "sd-who" }, tag), " "])),
      h("span", { class: "sd-vote-count" }, `${vote.count} of ${place.voters}`),
      h("span", { class: "sd-vote-bar", "aria-hidden": true }, barOf(vote.count, place.voters))))));
}

function voteTags(vote) {
  return [vote.keyed ? "key" : vote.counts ? "counts" : null, vote.claimed ? "argued for" : null].filter(Boolean);
}

function barOf(count, of) {
  const bar = h("span", { class: "sd-vote-fill" });
  bar.style.inlineSize = `${of ? (100 * Math.min(count, of)) / of : 0}%`;
  return bar;
}

// The right half: one card an answer that is argued for, with its arguments and two buttons.
function drawClaim(desk, place, claim) {
  const [sign, word] = STATES[claim.state] ?? STATES.open;
  const asked = desk.asking?.claim === claim.id ? drawAsking(desk, claim) : null;
  const title = `${desk.uid}-${claim.id}`;
  return h("article", { class: `sd-claim sd-claim-${claim.state}`, "aria-labelledby": title },
    h("p", { class: "sd-soft sd-claim-head" }, h("span", null, `Argued for, by ${counted(claim.arguments.length, "student")}`),
      claim.state === "open" ? null : h("span", { class: "sd-claim-state" }, icon(sign), word)),
    h("h4", { class: "sd-claim-said", id: title, dir: "auto" }, claim.said),
    h("ul", { class: "sd-arguments" }, claim.arguments.map((one) => h("li", null, h("p", { class: "sd-argument sw-text", dir: "auto" }, one.words || "(no words)"),
      one.about > 1 ? h("p", { class: "sd-soft sd-about" }, `This student's answer differs from the key at ${counted(one.about, "clause")}; the words say which is meant.`) : null))),
    claim.told ? h("p", { class: "sd-told", dir: "auto" }, h("span", { class: "sd-soft" }, claim.state === "accepted" ? "Reason: " : "Reply: "), rich(claim.told)) : null,
    asked ?? drawChoice(desk, claim));
}

function drawChoice(desk, claim) {
  if (claim.state === "accepted") return null;
  const ask = (action) => () => { desk.asking = { claim: claim.id, action }; drawPlace(desk); desk.body.querySelector(".sd-asking textarea").focus(); };
  return h("div", { class: "sd-row sd-choice" }, h("button", { type: "button", class: "sd-button sd-main", onclick: ask("accept"), "data-ask": "accept" }, "Accept…"),
    claim.state === "kept" ? null : h("button", { type: "button", class: "sd-button", onclick: ask("keep"), "data-ask": "keep" }, "Keep the key…"));
}

function drawAsking(desk, claim) {
  const accepts = desk.asking.action === "accept";
  const box = h("textarea", { class: "sd-comment-box", id: `${desk.uid}-reason`, rows: 3, maxlength: LONGEST_REPLY, dir: "auto", "aria-describedby": `${desk.uid}-help` }, desk.asking.words ?? "");
  box.addEventListener("input", () => { desk.asking.words = box.value; });
  const send = () => decideClaim(desk, claim, box.value);
  return h("div", { class: "sd-asking" },
    h("label", { class: "sd-comment-label", for: box.id }, accepts ? "The reason that earns it" : "A reply to the class, if you like"), box,
    h("p", { class: "sd-soft", id: `${desk.uid}-help` }, accepts ? "Students read it as feedback to this answer: what in the words holds it up?" : "It goes into the announcement of the next regrade. No name does."),
    h("div", { class: "sd-row" }, h("button", { type: "button", class: "sd-button sd-main sd-send", onclick: send }, accepts ? "Accept this answer" : "Keep the key"),
      h("button", { type: "button", class: "sd-button", onclick: () => closeAsking(desk) }, "Not now")));
}

function closeAsking(desk) {
  const { claim, action } = desk.asking;
  desk.asking = null;
  drawPlace(desk);
  desk.body.querySelector(`[aria-labelledby="${desk.uid}-${claim}"] [data-ask="${action}"]`)?.focus();
}

function decideClaim(desk, claim, words) {
  const { action } = desk.asking;
  if (!desk.name.value.trim()) {
    sayTrouble(desk, "Write your name at the top: it stands beside the decision.");
    return desk.name.focus();
  }
  if (action === "accept" && !words.trim()) {
    sayTrouble(desk, "Write the reason that earns it. Students read it as feedback.");
    return desk.body.querySelector(".sd-asking textarea").focus();
  }
  desk.trouble.hidden = true;
  desk.live.textContent = "Writing …";
  try {
    desk.transport.send({ kind: "decide", action, claim: claim.id, words, by: desk.name.value });
  } catch {
    sayTrouble(desk, "The kernel does not answer. Run the cell again; your words still stand here.");
  }
}

function hearDecision(desk, message) {
  if (message.kind === "problem") sayTrouble(desk, message.why);
  if (message.kind !== "decided") return;
  if (desk.asking?.claim === message.claim) desk.asking = null;
  desk.places = message.places;
  desk.live.textContent = message.text;
  drawPlace(desk);
  desk.where.focus();
}

function sayTrouble(desk, why) {
  desk.live.textContent = "";
  desk.trouble.replaceChildren(h("p", null, why));
  desk.trouble.hidden = false;
}
