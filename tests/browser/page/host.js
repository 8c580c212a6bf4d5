// A page without Jupyter that draws any payload over a fake transport, so that the view never leans on a notebook.
//
// window.host = {
//   draw(case): draw {payload, saved, feedback, store} (or {panel, status}) in a new place below the last one; `reply` is the
//     feedback to give on Check (or the message to give on Hand in), `host` sets any of the following,
//   sent: every message the views sent,
//   kept: "disk" | "session" | "" | null (null: no reply), why: the reason sent with it, late: ms before the reply,
//   deaf: true makes send() throw, as a dead kernel does,
//   notebook: what a widget knows of its notebook (path, model.cells), null by itself,
//   say(message): a message from the kernel to every view, change(name, value): a trait set by the kernel,
//   lose(why): the kernel went away
// }
import { draw_view, draw_panel } from "/kit.js";

const listeners = {};
const traits = [];
const host = {
  sent: [], kept: "disk", why: "", late: 0, deaf: false, feedback: null,
  say: (message) => (listeners.message ?? []).forEach((fn) => fn(message)),
  lose: (why) => (listeners.lost ?? []).forEach((fn) => fn(why)),
  change: (name, value) => { traits.forEach((trait) => { trait[name] = value; }); (listeners[name] ?? []).forEach((fn) => fn(value)); },
};

function answer(message) {
  if (message.kind === "hand_in" && host.feedback) return host.say(host.feedback);
  if (message.kind !== "response") return;
  const { id, item, kind } = message.response;
  if (kind === "submitted" && host.feedback) host.say({ kind: "feedback", id, item, feedback: host.feedback });
  if (host.kept !== null) host.say({ kind: "receipt", id, kept: host.kept, why: host.why });
}

function fakeTransport(trait) {
  traits.push(trait);
  return {
    get: (name) => trait[name],
    notebook: () => host.notebook ?? null,
    on: (name, fn) => { (listeners[name] ??= []).push(fn); return () => { listeners[name] = listeners[name].filter((f) => f !== fn); }; },
    send: (message) => {
      if (host.deaf) throw new Error("Cannot send");
      host.sent.push(message);
      setTimeout(() => answer(message), host.late);
    },
  };
}

host.draw = (one) => {
  const place = document.createElement("div");
  document.getElementById("place").append(place);
  const trait = { payload: one.payload, saved: one.saved ?? {}, feedback: one.feedback ?? {}, store: one.store ?? { key: "page:test" }, status: one.status };
  if (one.reply) host.feedback = one.reply;
  Object.assign(host, one.host ?? {});
  return one.panel ? draw_panel(fakeTransport(trait), place, one.panel) : draw_view(fakeTransport(trait), place);
};

host.theme = (name) => {
  document.getElementById("theme").href = `/theme-${name}.css`;
  document.body.dataset.jpThemeLight = String(name === "light");
};

window.host = host;
const query = new URLSearchParams(location.search);
if (query.get("theme")) host.theme(query.get("theme"));
if (query.has("width")) document.querySelector("main").style.width = `${query.get("width")}px`;
const cases = await (await fetch("/cases.json")).json();
for (const name of query.getAll("case")) host.draw(name in cases ? cases[name] : { payload: { id: name, type: "pick", prompt: `no case ${name}` } });
document.body.dataset.ready = "true";
