// A page without Jupyter that draws an instructor's view over a transport that talks to the real Python object (desk_page.py).
//
// window.host = {draw(): draw the view anew, sent: every message, deaf: true makes the kernel silent, lose(): the kernel went away}
import { VIEWS } from "/desk.js";

const listeners = {};
const host = { sent: [], deaf: false, lose: () => (listeners.lost ?? []).forEach((fn) => fn("dead")) };

async function post(message) {
  const reply = await fetch("/message", { method: "POST", body: JSON.stringify(message) });
  for (const answer of await reply.json()) (listeners.message ?? []).forEach((fn) => fn(answer));
}

function transport(traits) {
  return {
    get: (name) => traits[name],
    on: (name, fn) => { (listeners[name] ??= []).push(fn); return () => { listeners[name] = listeners[name].filter((one) => one !== fn); }; },
    send: (message) => { host.sent.push(message); if (!host.deaf) host.queue = (host.queue ?? Promise.resolve()).then(() => post(message)).catch(() => {}); },
  };
}

host.draw = async () => {
  host.close?.();
  const traits = await (await fetch("/traits.json")).json();
  const place = document.createElement("div");
  document.getElementById("place").replaceChildren(place);
  host.close = VIEWS[traits.view](transport(traits), place);
};

window.host = host;
const theme = new URLSearchParams(location.search).get("theme");
if (theme === "dark") {
  document.getElementById("theme").href = "/theme-dark.css";
  document.body.dataset.jpThemeLight = "false";
}
await host.draw();
document.body.dataset.ready = "true";
