import { choices, h, newId, nextAt, ownKeys, rich, say, sayMany, startButton, stateLine, wearStyle } from "./core.js";
import { withOutbox } from "./outbox.js";
import { draw_pick } from "./pick.js";
import { draw_mark } from "./mark.js";
import { draw_classify } from "./classify.js";
import { draw_chain } from "./chain.js";
import { draw_write } from "./write.js";
import { draw_essay } from "./essay.js";
import { drawChallenge } from "./challenge.js";
import { feedbackBox, partNames } from "./feedback.js";

const DRAW = { pick: draw_pick, mark: draw_mark, classify: draw_classify, chain: draw_chain, write: draw_write, essay: draw_essay };

// Draw one question into `el` over a transport; returns what takes it down again.
export function draw_view(transport, el) {
  wearStyle();
  const view = { transport, item: transport.get("payload"), words: WORDS, uid: `sw-${newId().slice(0, 8)}`, current: null, last: null, feedback: null, challenge: null, argued: null, talk: h("div", null), round: "alone", typing: false, lost: "" };
  view.box = feedbackBox(view.words);
  view.state = h("p", { class: "sw-state", tabindex: -1 });
  view.notice = h("div", { class: "sw-notice", hidden: true });
  view.outbox = withOutbox(transport, { store: transport.get("store"), lesson: view.item.lesson, item: view.item.id }, (news) => hearNews(view, news));
  buildQuestion(view, el);
  adoptNewest(view);
  const leave = () => view.drawing.flush?.();
  const stops = [
    transport.on("saved", () => adoptNewest(view)),
    transport.on("feedback", () => showSavedFeedback(view)),
    transport.on("lost", (why) => { view.lost = why; showState(view); }),
  ];
  globalThis.addEventListener("pagehide", leave);
  return () => {
    leave();
    globalThis.removeEventListener("pagehide", leave);
    stops.forEach((stop) => stop());
    view.outbox.close();
  };
}

function buildQuestion(view, el) {
  const { item, uid, words } = view;
  const changed = () => answerChanged(view);
  view.drawing = DRAW[item.type]({ item, uid, words, changed, announce: view.box.announce,
    typing: (on = true) => noteTyping(view, on) });
  view.reasons = item.reasons.length ? choices({ uid, name: "reason", legend: say(words, "reason.ask"), options: item.reasons, changed }) : null;
  view.confidence = item.confidence ? choices({ uid, name: "confidence", legend: say(words, "confidence.ask"), look: "chips", options: confidences(words), changed }) : null;
  const [lead, more, help] = ["lead", "more", "help"].map((name) => (item[name] ? h("p", { class: `sw-${name}`, id: `${uid}-${name}`, dir: "auto" }, rich(item[name])) : null));
  const described = [lead, more, help].filter(Boolean).map(({ id }) => id).join(" ");
  const root = h("div", { class: `sw sw-type-${item.type}`, "data-item": item.id, "data-slot": item.slot },
    h("p", { class: "sw-kind" }, kindLine(words, item)), lead,
    h("fieldset", { class: "sw-body", "aria-describedby": described || null },
      h("legend", { class: "sw-prompt", id: `${uid}-prompt`, dir: "auto", tabindex: -1 }, rich(item.prompt)), more, help, view.drawing.element),
    view.reasons?.element, view.confidence?.element,
    h("div", { class: "sw-foot" }, item.graded ? null : checkButton(view), view.state),
    view.notice, defence(view), view.box.element, view.talk);
  el.replaceChildren(ownKeys(root));
  el.classList.add("sw-live");
}

function kindLine(words, item) {
  if (item.credit === "completion") return sayMany(words, "kind.completion", item.points);
  return item.graded ? sayMany(words, "kind.graded", item.points) : say(words, "kind.practice");
}

function confidences(words) {
  return ["guessing", "leaning", "sure"].map((id) => ({ id, text: say(words, `confidence.${id}`) }));
}

function checkButton(view) {
  return h("button", { type: "button", class: "sw-button sw-check", onclick: () => checkAnswer(view) }, say(view.words, "check.button"));
}

function readAnswer(view) {
  return {
    value: view.drawing.read(),
    reason: view.reasons?.read()[0] ?? null,
    confidence: view.confidence?.read()[0] ?? view.drawing.readConfidence?.() ?? null,
  };
}

function submitAnswer(view, kind, answer = readAnswer(view)) {
  const { item } = view;
  const response = { id: newId(), at: nextAt(view.last), item: item.id, kind, round: view.round, seen: item.seen, ...answer };
  if (item.slot) response.slot = item.slot;
  view.last = response.at;
  if (kind !== "challenge") {
    view.typing = false;
    view.current = response;
  }
  view.outbox.submit(response);
  showState(view);
  return response.id;
}

// A question that counts answers nothing before it is handed in, so whoever wants to argue does it beside the answer.
function defence(view) {
  const { item, uid, words } = view;
  if (!item.challenge || !item.graded) return null;
  const answered = () => (view.current && view.current.value !== null ? null : say(words, "challenge.nothing"));
  view.defence = drawChallenge({ uid, words, argued: view.transport.get("saved")?.argued, announce: (text) => view.box.announce(text), stateOf: (id) => view.outbox.stateOf(id), opens: "challenge.defend", ready: answered,
    send: (text) => submitAnswer(view, "challenge", { value: view.current.value, confidence: view.current.confidence ?? null, reason: text }) });
  return view.defence.element;
}

function offerChallenge(view, feedback) {
  if (!view.item.challenge || view.item.graded || feedback.outcome === "correct") return;
  const { uid, words, current } = view;
  const answer = { value: current.value, confidence: current.confidence ?? null };
  const before = view.transport.get("saved")?.argued;
  const argued = before && JSON.stringify(before.value) === JSON.stringify(answer.value) ? before : null;
  view.challenge?.element.remove();
  view.challenge = drawChallenge({ uid, words, argued, announce: view.box.announce, stateOf: view.outbox.stateOf,
    send: (text) => (view.argued = submitAnswer(view, "challenge", { ...answer, reason: text })) });
  view.box.element.append(view.challenge.element);
}

// Labels are worth talking over with a neighbour between the first Check and the second. What is answered afterwards is
// kept as such, so that a class can see what talking did. It never enters the points.
function offerTalk(view) {
  if (view.item.type !== "classify" || view.item.graded) return;
  const box = h("input", { type: "checkbox", checked: view.round === "talk", onchange: () => (view.round = box.checked ? "talk" : "alone") });
  view.talk.replaceChildren(h("label", { class: "sw-talk" }, box, h("span", null, say(view.words, "talk.done"))));
}

function resumeTalk(view) {
  view.round = "talk";
  offerTalk(view);
}

function answerChanged(view) {
  withdrawFeedback(view);
  submitAnswer(view, "draft");
}

function checkAnswer(view) {
  view.drawing.flush?.();
  const { value, reason } = readAnswer(view);
  const missing = view.drawing.ready?.() ?? (value === null ? say(view.words, "check.nothing") : null)
    ?? (view.reasons && !reason ? say(view.words, "check.reason") : null);
  if (missing) return askForMore(view, missing);
  return submitAnswer(view, "submitted");
}

function askForMore(view, missing) {
  withdrawFeedback(view);
  view.box.show({ outcome: "unanswered", summary: missing }, { partsDrawn: true });
}

function hearNews(view, news) {
  if (news.state) adoptNewest(view);
  if (news.feedback && news.id === view.current?.id) showFeedback(view, news.feedback);
}

// Something is being typed; or it came to nothing, and what stood there stands again.
function noteTyping(view, on) {
  view.typing = on;
  if (on) withdrawFeedback(view);
  if (on) showState(view);
  else adoptNewest(view);
}

// Draw the newest of: what this view holds, what the kernel has saved, what waits in this browser. What is being typed is
// newer than all of them.
function adoptNewest(view) {
  const saved = view.transport.get("saved");
  const known = [saved?.id ? saved : null, view.outbox.newest()].filter(Boolean);
  for (const response of known) {
    if (view.last === null || response.at > view.last) view.last = response.at;
    if (view.typing || (view.current && response.at <= view.current.at)) continue;
    view.current = response;
    if (response.round === "talk") resumeTalk(view);
    drawAnswer(view, response);
  }
  showState(view);
  if (view.feedback === null) showSavedFeedback(view);
}

function drawAnswer(view, response) {
  withdrawFeedback(view);
  view.drawing.write(response.value ?? null);
  view.reasons?.write(response.reason ? [response.reason] : []);
  view.confidence?.write(response.confidence ? [response.confidence] : []);
  view.drawing.writeConfidence?.(response.confidence ?? null);
}

// The kernel's feedback belongs to the answer it has saved: show it only if that is the one on screen.
function showSavedFeedback(view) {
  const feedback = view.transport.get("feedback");
  const saved = view.transport.get("saved");
  if (feedback?.outcome && saved?.id === view.current?.id) showFeedback(view, feedback);
}

function showFeedback(view, feedback) {
  if (view.feedback === feedback) return;
  view.feedback = feedback;
  const partsDrawn = view.drawing.lock?.(feedback) ?? false;
  const reason = view.reasons?.read()[0];
  if (feedback.reason && reason) view.reasons.mark(view.words, { [reason]: feedback.reason });
  view.box.show(feedback, { partsDrawn, names: partNames(view.item) });
  if (feedback.outcome !== "correct") offerTalk(view);
  offerChallenge(view, feedback);
}

function withdrawFeedback(view) {
  view.feedback = null;
  view.drawing.lock?.(null);
  view.reasons?.mark(view.words, null);
  view.challenge?.element.remove();
  view.challenge = view.argued = null;
  view.box.hide();
}

function showState(view) {
  const mine = view.typing ? { state: "saving" } : view.outbox.stateOf(view.current?.id);
  const argued = view.argued ? view.outbox.stateOf(view.argued) : mine;
  stateLine(view.state, view.words, mine.state);
  view.challenge?.refresh();
  view.defence?.refresh();
  const kept = [mine, argued].find(({ state }) => state === "browser" || state === "page" || state === "refused");
  const reason = kept ? kept.why || say(view.words, kept.whyId) : view.lost ? say(view.words, "why.stopped") : "";
  if (view.notice.dataset.reason === reason) return;
  showNotice(view, reason);
  if (kept) view.box.announce(`${say(view.words, `state.${kept.state}`)}. ${reason}`);
}

// The reason why an answer is not on disk, with the cure. Focus on its button goes to the state when it leaves.
function showNotice(view, reason) {
  const { notice, words } = view;
  const hadFocus = notice.contains(notice.getRootNode().activeElement);
  notice.dataset.reason = reason;
  notice.hidden = !reason;
  notice.replaceChildren(...(reason ? [h("p", null, reason), startButton(words)] : []));
  if (hadFocus) (reason ? notice.querySelector("button") : view.state).focus();
}
