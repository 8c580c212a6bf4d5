// The marks of one answer: plain lists that are never changed in place, so that undo only has to keep the old one.
//
// A mark is what an answer stores: {label, unit, start, end, quote}, with offsets in code points of the unit's text.

export const keyOf = (mark) => `${mark.label}|${mark.unit}|${mark.start}|${mark.end}`;

const overlaps = (one, other) => one.unit === other.unit && one.start < other.end && other.start < one.end;

// In the order of the text, whatever the order of marking: by unit, start, longest first, label.
export function inOrder(marks, units, labels) {
  const place = (list, id) => list.indexOf(id);
  return [...marks].sort((a, b) => place(units, a.unit) - place(units, b.unit) || a.start - b.start || b.end - a.end
    || place(labels, a.label) - place(labels, b.label));
}

// Add one mark. The same words with the same label are marked once; a new mark takes the place of marks of its own label
// that it touches (a better choice of words), and may overlap marks of other labels.
//   -> {marks, outcome: "added" | "twice" | "replaced", old: the mark it replaced}
export function addMark(marks, mark) {
  if (marks.some((other) => keyOf(other) === keyOf(mark))) return { marks, outcome: "twice", old: null };
  const touched = marks.filter((other) => other.label === mark.label && overlaps(other, mark));
  const kept = marks.filter((other) => !touched.includes(other));
  return { marks: [...kept, mark], outcome: touched.length ? "replaced" : "added", old: touched[0] ?? null };
}

export function removeMark(marks, key) {
  return marks.filter((mark) => keyOf(mark) !== key);
}

export function relabelMark(marks, key, label) {
  const old = marks.find((mark) => keyOf(mark) === key);
  if (!old) return marks;
  const mark = { ...old, label };
  return [...removeMark(removeMark(marks, keyOf(mark)), key), mark];
}

// What a saved answer holds, as far as it can be drawn: marks of known labels and units, each with exactly five fields.
export function readMarks(value, units, labels) {
  if (!Array.isArray(value)) return [];
  return value.filter((mark) => labels.includes(mark?.label) && units.includes(mark.unit) && mark.end > mark.start)
    .map(({ label, unit, start, end, quote = "" }) => ({ label, unit, start, end, quote }));
}
