// The projector without Jupyter: what it sends goes to the real Python half behind /say, what that answers comes back.
//
// window.host = {sent, heard: every message either way, deaf: true makes send() throw as a dead kernel does}
import { draw_projector } from "/projector.js";

const listeners = new Set();
const host = { sent: [], heard: [], deaf: false };
const payload = await (await fetch("/payload.json")).json();

const transport = {
  get: () => payload,
  on: (fn) => { listeners.add(fn); return () => listeners.delete(fn); },
  send: (message) => {
    if (host.deaf) throw new Error("Cannot send");
    host.sent.push(message);
    fetch("/say", { method: "POST", body: JSON.stringify(message) }).then((reply) => reply.json()).then((answers) => answers.forEach((answer) => {
      host.heard.push(answer);
      listeners.forEach((fn) => fn(answer));
    }));
  },
};

window.host = host;
document.body.dataset.jpThemeLight = String(new URLSearchParams(location.search).get("theme") !== "dark");
draw_projector(transport, document.getElementById("place"));
document.body.dataset.ready = "true";
