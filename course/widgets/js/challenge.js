import { h, say, stateLine } from "./core.js";
import { writingBox } from "./write.js";

const CHALLENGE_WORDS = 40;

// Arguing for an answer that the key does not hold: a fold below the feedback. It keeps the answer as it is.
// `send(text)` hands the argument over and returns its id; `stateOf(id)` says where it is, like any answer. `ready()` says
// what is missing before there is anything to argue for, or null; `argued` is what was argued and kept before.
//   -> {element, refresh()}
export function drawChallenge({ uid, words, announce, stateOf, send, argued = null, opens = "challenge.open", ready = () => null }) {
  let sent = null;
  let told = "";
  const state = h("p", { class: "sw-state" });
  const box = writingBox({ uid, name: "challenge", label: say(words, "challenge.ask", { max: CHALLENGE_WORDS }), lines: 2, max: CHALLENGE_WORDS,
    words, typing: () => state.replaceChildren(), changed: () => {} });
  const argue = () => {
    const text = box.read().trim();
    const missing = ready() ? ready() : !text ? say(words, "write.nothing") : box.over() ? say(words, "write.too_long", { max: CHALLENGE_WORDS }) : null;
    if (missing) {
      state.replaceChildren(missing);
      return announce(missing);
    }
    sent = send(text);
    return refresh();
  };
  const refresh = () => {
    if (!sent) return;
    const now = stateOf(sent).state;
    stateLine(state, words, now);
    if (now === "saved" && told !== sent) {
      told = sent;
      announce(say(words, "challenge.sent"));
    }
  };
  if (argued) {
    box.write(argued.reason ?? "");
    stateLine(state, words, "saved");
  }
  const element = h("details", { class: "sw-challenge", open: Boolean(argued) }, h("summary", null, say(words, opens)), box.element,
    h("div", { class: "sw-foot" }, h("button", { type: "button", class: "sw-button", onclick: argue }, say(words, "challenge.send")), state));
  return { element, refresh };
}
