import { h, say } from "./core.js";

const LOOKS = 40;
const EVERY = 100;

// The way from a line of a panel to its question in the same notebook. JupyterLab may have taken a cell far away off the
// page: then its own command brings the cell back, and the question is looked for until it is there.
//   pathfinder(transport, root, words) -> {line: a standing place that is read aloud when a question cannot be reached, way(one, ...content) -> button}
export function pathfinder(transport, root, words) {
  const line = h("p", { class: "sw-goto-line", "aria-live": "polite" });
  const finder = { transport, root, words, line, timer: null };
  const way = (one, ...content) => h("button", { type: "button", class: "sw-goto", onclick: (event) => goToQuestion(finder, one, event.currentTarget) }, content);
  return { line, way };
}

function goToQuestion(finder, one, button) {
  clearTimeout(finder.timer);
  finder.line.replaceChildren();
  delete button.dataset.commandlinkerCommand;
  const found = questionOn(finder.root, one.id);
  if (found) return meetQuestion(found);
  const place = cellOf(finder.transport.notebook?.(), one.id);
  if (!place) return finder.line.replaceChildren(say(finder.words, "goto.elsewhere"));
  // The click goes on to the page, where JupyterLab carries out what the button now names.
  button.dataset.commandlinkerCommand = "rendermime:handle-local-link";
  button.dataset.commandlinkerArgs = JSON.stringify({ path: place.path, id: `#cell-id=${place.cell}` });
  return awaitQuestion(finder, one, place, LOOKS);
}

function awaitQuestion(finder, one, place, left) {
  const found = questionOn(finder.root, one.id);
  if (found) return meetQuestion(found);
  if (left) finder.timer = setTimeout(() => awaitQuestion(finder, one, place, left - 1), EVERY);
  else finder.line.replaceChildren(say(finder.words, place.heading ? "goto.under" : "goto.not_drawn", place));
  return null;
}

// The question on this page, by its own id or by the slot that chose it; the first, where it is drawn more than once. A cell
// that JupyterLab has put away is off the page, or still there and not shown.
export function questionOn(root, id) {
  const page = root.closest(".jp-Notebook") ?? document;
  const drawn = [...page.querySelectorAll(".sw[data-item]")].filter(({ dataset }) => dataset.item === id || dataset.slot === id);
  return drawn.find((question) => question.getClientRects().length > 0) ?? null;
}

// Bring a question into sight and put focus on what it asks. Cells that were never drawn may still grow, so look again.
function meetQuestion(question) {
  const prompt = question.querySelector(".sw-prompt");
  const show = () => question.scrollIntoView({ block: "start" });
  show();
  prompt.focus({ preventScroll: true });
  setTimeout(() => { if (question.contains(document.activeElement)) show(); }, 3 * EVERY);
}

// Where the notebook asks a question: the cell that has its id in quotation marks, and the heading over it.
export function cellOf(notebook, id) {
  const cells = notebook?.model?.cells ? [...notebook.model.cells].map(({ sharedModel, id: cell, type }) => ({ cell, type, source: sharedModel.getSource() })) : [];
  const at = cells.findIndex(({ type, source }) => type === "code" && (source.includes(`ask("${id}"`) || source.includes(`ask('${id}'`)));
  if (at < 0) return null;
  const above = cells.slice(0, at).filter(({ type, source }) => type === "markdown" && /^#+\s/m.test(source)).at(-1);
  const heading = above?.source.match(/^#+\s+(.*)$/gm).at(-1).replace(/^#+\s+/, "").replace(/[*`]/g, "");
  return { path: notebook.path, cell: cells[at].cell, heading: heading ?? "" };
}
