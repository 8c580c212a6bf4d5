import { h } from "./core.js";

// The model of anywidget as a transport: {get(name), send(message), on(name, fn) -> off}; names are traits, "message" and "lost".
export function transportOf(model) {
  return {
    get: (name) => model.get(name),
    send: (message) => model.send(message),
    on: (name, fn) => {
      if (name === "lost") return onKernelLost(model, fn);
      const event = name === "message" ? "msg:custom" : `change:${name}`;
      const heard = name === "message" ? fn : () => fn(model.get(name));
      model.on(event, heard);
      return () => model.off(event, heard);
    },
  };
}

function onKernelLost(model, fn) {
  const session = model.widget_manager?.context?.sessionContext;
  const heard = (_, status) => { if (["restarting", "autorestarting", "terminating", "dead"].includes(status)) fn(status); };
  session?.statusChanged?.connect(heard);
  return () => session?.statusChanged?.disconnect(heard);
}

// Draw the view that the model names.
export function renderView(views, model, el) {
  return views[model.get("view")](transportOf(model), el);
}

// Put the desk's look on the page once, beside that of a lesson that may be open too.
export function wearDesk() {
  const known = document.getElementById("sayswho-desk-style");
  if (known?.textContent === STYLE) return;
  known?.remove();
  document.head.append(h("style", { id: "sayswho-desk-style" }, STYLE));
}

// A key as it stands on a keyboard. The words beside it say what it does.
export function keycap(key) {
  return h("kbd", { class: "sd-key", "aria-hidden": "true" }, key);
}

// A button with its key: words first, the keycap after them.
export function keyButton(words, key, onclick, attrs = {}) {
  return h("button", { type: "button", class: "sd-button", onclick, "aria-keyshortcuts": key, ...attrs }, h("span", { class: "sd-button-words" }, words), key ? keycap(key) : null);
}

// "1 answer", "2 answers".
export function counted(n, noun) {
  return `${n} ${noun}${n === 1 ? "" : "s"}`;
}

// "1 of 5": a level as it is read.
export function levelOf(level, criterion) {
  return `${level} of ${criterion.points}`;
}

// "Chain" of "Chain: who had it from whom".
export function shortName(criterion) {
  return criterion.name.split(":")[0];
}
