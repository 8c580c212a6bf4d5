// How large the words can be. A clause is read from the back row: it starts at a tenth of the screen's height and shrinks
// only as far as it must. First the whole paragraph stays around it, then its neighbours, then it stands alone. Once the
// key is told, the room has read the clause, and it may shrink further to make place for the reason.
const LARGEST = 10;
const READABLE = 7;
const SMALLEST = 5;
const SMALLEST_TOLD = 3.6;
const LIST_FROM = 7;
const LIST_TO = 4;
const NARROW = 700;

function fits(area) {
  return area.scrollHeight <= area.clientHeight + 1;
}

// What to try, best first: [what stands around the words, the size of the words in hundredths of the screen's height, the size of the reason].
function triesFor(root) {
  const from = (around, first, last, why = 3.4) => {
    const found = [];
    for (let size = first; size >= last; size -= 0.5) found.push([around, size, why]);
    return found;
  };
  if (root.classList.contains("sp-listed")) return [...from("all", LIST_FROM, LIST_TO), ...from("none", LIST_FROM, SMALLEST_TOLD, 2.8), ["none", SMALLEST_TOLD, 2.4]];
  const tries = [...from("all", LARGEST, READABLE), ...from("near", LARGEST, READABLE), ...from("none", LARGEST, SMALLEST)];
  return root.classList.contains("sp-told") ? [...tries, ...from("none", SMALLEST, SMALLEST_TOLD, 3), ["none", SMALLEST_TOLD, 2.7]] : tries;
}

// Set --u (one hundredth of the screen's height, in px), --words and --why on the root. `answers` may scroll where they are a list.
export function fitWords(root, area, answers) {
  const box = root.getBoundingClientRect();
  if (!box.height) return;
  root.dataset.narrow = String(box.width < NARROW);
  if (box.width < NARROW) {
    for (const [name, value] of [["--u", "7px"], ["--words", "26px"], ["--why", "17px"]]) root.style.setProperty(name, value);
    area.dataset.around = "all";
    return;
  }
  const unit = Math.min(box.height, box.width * 0.5625) / 100;
  root.style.setProperty("--u", `${unit}px`);
  for (const [around, size, why] of triesFor(root)) {
    area.dataset.around = around;
    root.style.setProperty("--words", `${unit * size}px`);
    root.style.setProperty("--why", `${Math.max(15, unit * why)}px`);
    area.tabIndex = fits(area) ? -1 : 0; // what has to be scrolled must be reached by keys
    if (fits(area) && (!answers || fits(answers))) return;
  }
}
