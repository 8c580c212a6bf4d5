// Answers on their way to the disk. An answer goes to localStorage first, then to the kernel, and leaves localStorage
// only when the kernel says that it is on disk, or that no lesson can ever read it. Nothing here throws: a failure is a state with a reason.
//
// One office per answers folder, learner and lesson serves all views on the page, so any live view may deliver for any
// item. A transport is {get(name), on(name, fn) -> off, send(message)}; names are traits, "message" and "lost".

const OFFICES = new Map();
const PATIENCE = 4000;
const FIRST_RETRY = 20000;
const LAST_RETRY = 300000;

// The transport with an outbox around it, for one item:
//   {submit(response), newest() -> response | null, stateOf(id) -> {state, why, whyId},
//    waiting() -> how many the kernel does not hold, redeliver(), close()}
// `told(news)` hears {state: true} when something changed and {feedback, id} when feedback came.
export function withOutbox(transport, { store, lesson, item = null }, told) {
  const key = `sayswho:${store?.key ?? ""}:${lesson}:`;
  if (!OFFICES.has(key)) OFFICES.set(key, openOffice(key, `sayswho:${store?.also ?? store?.key ?? ""}:${lesson}:`));
  const office = OFFICES.get(key);
  const watcher = { item, told };
  const carrier = { send: (message) => transport.send(message), live: true };
  office.watchers.add(watcher);
  office.carriers.add(carrier);
  const stops = [
    transport.on("message", (message) => receiveMessage(office, message)),
    transport.on("lost", () => dropCarrier(office, carrier)),
  ];
  setTimeout(() => sweepOffice(office, true), 0);
  return {
    submit: (response) => postLetter(office, response, carrier),
    newest: () => newestLetter(office, item),
    stateOf: (id) => letterState(office, id),
    waiting: () => [...office.letters.values()].filter((letter) => !letter.session).length,
    redeliver: () => sweepOffice(office, true),
    close: () => {
      stops.forEach((stop) => stop());
      office.watchers.delete(watcher);
      dropCarrier(office, carrier);
      office.carriers.delete(carrier);
    },
  };
}

// `also` is the stand-in key under which answers waited while the answers folder could not be written.
function openOffice(key, also) {
  const office = { key, letters: new Map(), refused: new Map(), watchers: new Set(), carriers: new Set(), retry: null, delay: FIRST_RETRY };
  for (const [name, response] of [...storedResponses(key), ...storedResponses(also)]) {
    office.letters.set(response.id, { ...letterOf(response, true), name });
  }
  globalThis.addEventListener?.("storage", (event) => hearOtherTab(office, event));
  return office;
}

function letterOf(response, stored) {
  return { response, stored, timer: null, why: "", whyId: "why.silent", session: false, tried: 0, carrier: null, name: null };
}

export function storedResponses(key) {
  const found = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const name = localStorage.key(i);
      if (name.startsWith(key)) found.push([name, parsedResponse(localStorage.getItem(name))]);
    }
  } catch { /* storage is blocked: nothing is stored here */ }
  return found.filter(([, response]) => response);
}

function parsedResponse(text) {
  try {
    const response = JSON.parse(text);
    return response && typeof response.id === "string" && typeof response.item === "string" ? response : null;
  } catch {
    return null;
  }
}

function refusedWhy(text) {
  try {
    const why = JSON.parse(text)?.refused;
    return typeof why === "string" ? why : null;
  } catch {
    return null;
  }
}

function letterName(office, response) {
  return `${office.key}${response.item}:${response.id}`;
}

function storeLetter(office, letter) {
  try {
    localStorage.setItem(letterName(office, letter.response), JSON.stringify(letter.response));
    letter.stored = true;
  } catch {
    letter.stored = false;
  }
}

function postLetter(office, response, carrier) {
  const letter = letterOf(response, false);
  office.letters.set(response.id, letter);
  storeLetter(office, letter);
  deliverLetter(office, letter, carrier);
  sweepOffice(office, false);
}

function deliverLetter(office, letter, preferred) {
  const carrier = preferred?.live ? preferred : [...office.carriers].find((one) => one.live);
  letter.tried = Date.now();
  letter.carrier = carrier ?? null;
  if (!carrier) return setAside(office, letter, "why.gone");
  awaitReceipt(office, letter);
  try {
    carrier.send({ kind: "response", response: letter.response });
  } catch {
    setAside(office, letter, "why.gone");
  }
  return tellWatchers(office, letter.response.item, { state: true });
}

function awaitReceipt(office, letter) {
  clearTimeout(letter.timer);
  letter.timer = setTimeout(() => setAside(office, letter, "why.silent"), PATIENCE);
}

function setAside(office, letter, whyId, why = "") {
  clearTimeout(letter.timer);
  Object.assign(letter, { timer: null, whyId, why });
  tellWatchers(office, letter.response.item, { state: true });
  retryLater(office);
}

function retryLater(office) {
  if (office.retry !== null || ![...office.carriers].some((one) => one.live)) return;
  office.retry = setTimeout(() => {
    office.retry = null;
    office.delay = Math.min(office.delay * 2, LAST_RETRY);
    sweepOffice(office, false);
  }, office.delay);
}

// Deliver what waits. After a new view was drawn (`fresh`) also what only the last kernel's memory kept. What a carrier
// that still lives has just tried is left for later; what had none, or one that is gone, goes at once.
function sweepOffice(office, fresh) {
  if (![...office.carriers].some((one) => one.live)) return;
  for (const letter of office.letters.values()) {
    if (letter.timer !== null || (letter.carrier?.live && Date.now() - letter.tried < 1000)) continue;
    if (letter.session && (!fresh || Date.now() - letter.tried < 5000)) continue;
    deliverLetter(office, letter, null);
  }
}

function receiveMessage(office, message) {
  if (message?.kind === "feedback") tellWatchers(office, message.item, { feedback: message.feedback, id: message.id });
  if (message?.kind !== "receipt") return;
  const letter = office.letters.get(message.id);
  if (!letter) return;
  if (message.kept === "disk") return closeLetter(office, letter);
  if (message.kept === "refused") return refuseLetter(office, letter, message.why ?? "");
  letter.session = message.kept === "session";
  setAside(office, letter, letter.session ? "why.session" : "why.silent", message.why ?? "");
}

function closeLetter(office, letter, refused = null) {
  clearTimeout(letter.timer);
  office.letters.delete(letter.response.id);
  office.delay = FIRST_RETRY;
  try {
    const name = letter.name ?? letterName(office, letter.response);
    // Another tab takes an answer that goes for one that is on disk, so it is told first of one that never will be.
    if (refused !== null) localStorage.setItem(name, JSON.stringify({ refused }));
    localStorage.removeItem(name);
  } catch { /* it could not be stored either, or it stays and is refused once more */ }
  tellWatchers(office, letter.response.item, { state: true });
  sweepOffice(office, false);
}

// What the lesson can't read it never will: say so, and send it no more.
function refuseLetter(office, letter, why) {
  office.refused.set(letter.response.id, why);
  closeLetter(office, letter, why);
}

function dropCarrier(office, carrier) {
  if (!carrier.live) return;
  carrier.live = false;
  for (const letter of office.letters.values()) {
    if (letter.carrier === carrier && letter.timer !== null) deliverLetter(office, letter, null);
  }
}

// Another tab stored an answer (it is delivering it now), wrote over it why it was refused, or removed it (it is on disk).
function hearOtherTab(office, event) {
  if (event.key === null) return office.letters.forEach((letter) => storeLetter(office, letter));
  if (!event.key.startsWith(office.key)) return undefined;
  const why = refusedWhy(event.newValue);
  if (event.newValue === null || why !== null) {
    const id = event.key.slice(event.key.lastIndexOf(":") + 1);
    const letter = office.letters.get(id);
    if (letter && why !== null) office.refused.set(id, why);
    return letter ? closeLetter(office, letter) : undefined;
  }
  const response = parsedResponse(event.newValue);
  if (!response || office.letters.has(response.id)) return undefined;
  const letter = letterOf(response, true);
  office.letters.set(response.id, letter);
  awaitReceipt(office, letter);
  return tellWatchers(office, response.item, { state: true });
}

function tellWatchers(office, item, news) {
  for (const watcher of office.watchers) {
    if (watcher.item === null || watcher.item === item) watcher.told(news);
  }
}

function newestLetter(office, item) {
  let newest = null;
  for (const { response } of office.letters.values()) {
    if (response.item === item && response.kind !== "challenge" && (newest === null || response.at > newest.at)) newest = response;
  }
  return newest;
}

function letterState(office, id) {
  if (!id) return { state: "unanswered" };
  if (office.refused.has(id)) return { state: "refused", why: office.refused.get(id) };
  const letter = office.letters.get(id);
  if (!letter) return { state: "saved" };
  if (letter.timer !== null) return { state: "saving" };
  return { state: letter.stored ? "browser" : "page", why: letter.why, whyId: letter.stored ? letter.whyId : "why.page" };
}
