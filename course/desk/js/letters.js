import { newId, nextAt } from "./core.js";
import { storedResponses, withOutbox } from "./outbox.js";

// The marks as they stand on screen. A mark goes to localStorage first, then to the kernel, and leaves localStorage when the kernel
// says that it is on the disk (outbox.js). What was changed is remembered too, so that undo survives a reload.

const REMEMBERED = 200;
// What is said of a whole answer; all else is a level of a criterion.
const OF_ANSWER = ["comment", "flag", "changed"];
const WORST_FIRST = ["refused", "page", "browser", "saving"];
const EMPTY_MARKS = { levels: {}, comment: "", flag: false, changed: false, others: [] };

export function openBook(transport, key, marks, told) {
  const book = { transport, key, told, marks: {}, sent: new Map(), last: null, past: readPast(key) };
  for (const [, response] of storedResponses(`sayswho:${key}:marks:`)) book.sent.set(response.id, response);
  book.outbox = withOutbox(transport, { store: { key }, lesson: "marks" }, () => told());
  takeMarks(book, marks);
  return book;
}

// The marks as the kernel tells them, with those laid over that it does not have yet.
export function takeMarks(book, marks) {
  book.marks = structuredClone(marks ?? {});
  for (const response of [...book.sent.values()].sort((a, b) => (a.at < b.at ? -1 : 1))) applyMark(book, response.answer, response.criterion, response.value);
}

export function marksOf(book, answer) {
  return book.marks[answer] ?? EMPTY_MARKS;
}

export function readMark(book, answer, criterion) {
  const marks = marksOf(book, answer);
  return OF_ANSWER.includes(criterion) ? marks[criterion] : marks.levels[criterion] ?? null;
}

function applyMark(book, answer, criterion, value) {
  const marks = (book.marks[answer] ??= structuredClone(EMPTY_MARKS));
  if (OF_ANSWER.includes(criterion)) marks[criterion] = value;
  else if (value === null) delete marks.levels[criterion];
  else marks.levels[criterion] = value;
}

// Change one mark and send it. Undo does the same without remembering it.
export function setMark(book, answer, criterion, value, { remember = true } = {}) {
  const before = readMark(book, answer, criterion);
  // A level that is given once more after the answer has changed is given for its words of now.
  const again = before === value && value !== null && marksOf(book, answer).changed && !OF_ANSWER.includes(criterion);
  if (before === value && !again) return;
  if (remember && !again) rememberChange(book, { answer, criterion, before });
  applyMark(book, answer, criterion, value);
  const response = { id: newId(), at: nextAt(book.last), item: `${answer}/${criterion}`, kind: "mark", answer, criterion, value };
  book.last = response.at;
  book.sent.set(response.id, response);
  book.outbox.submit(response);
  book.told();
}

// Take the last change back; what it was, or null when there is nothing left.
export function undoMark(book) {
  const change = book.past.pop();
  if (!change) return null;
  writePast(book);
  setMark(book, change.answer, change.criterion, change.before, { remember: false });
  return change;
}

function rememberChange(book, change) {
  book.past.push(change);
  book.past.splice(0, Math.max(0, book.past.length - REMEMBERED));
  writePast(book);
}

function pastName(key) {
  return `sayswho-past:${key}`;
}

function readPast(key) {
  try {
    const past = JSON.parse(localStorage.getItem(pastName(key)) ?? "[]");
    return Array.isArray(past) ? past.filter((one) => typeof one?.answer === "string" && typeof one?.criterion === "string") : [];
  } catch {
    return [];
  }
}

function writePast(book) {
  try {
    localStorage.setItem(pastName(book.key), JSON.stringify(book.past));
  } catch { /* undo then lasts as long as the page */ }
}

// The state of all marks together: {state, n: how many are not on the disk, why, whyId}.
export function bookState(book) {
  const found = new Map();
  for (const id of [...book.sent.keys()]) {
    const one = book.outbox.stateOf(id);
    if (one.state === "saved") book.sent.delete(id);
    else found.set(one.state, one);
  }
  const worst = WORST_FIRST.find((state) => found.has(state));
  return worst ? { ...found.get(worst), n: book.sent.size } : { state: "saved", n: 0 };
}

// Forget marks that the kernel could not read: they stand nowhere, and the next look at the file shows what does.
export function dropRefused(book) {
  for (const id of [...book.sent.keys()]) if (book.outbox.stateOf(id).state === "refused") book.sent.delete(id);
}
