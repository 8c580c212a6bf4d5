// Counting hands by keys: a digit or a letter chooses an answer, then a number is typed, or + and - count. Enter is done.
//
// hands = {counts: {option: number}, at: the option being counted | null, fresh: the next digit begins a new number}

const MOST_HANDS = 999;
export const LETTERS = "ABCDEFGHIJ";

export function newHands() {
  return { counts: {}, at: null, fresh: true };
}

export function totalHands(hands) {
  return Object.values(hands.counts).reduce((sum, one) => sum + one, 0);
}

function setCount(hands, option, number) {
  hands.counts[option] = Math.max(0, Math.min(MOST_HANDS, number));
}

// One more or one less hand, by a button.
export function countHand(hands, option, step) {
  setCount(hands, option, (hands.counts[option] ?? 0) + step);
}

function chooseAnswer(hands, option) {
  if (option === undefined) return false;
  hands.at = option;
  hands.fresh = true;
  return true;
}

function typeDigit(hands, digit) {
  const so_far = hands.fresh ? 0 : (hands.counts[hands.at] ?? 0);
  const number = so_far * 10 + digit;
  if (number <= MOST_HANDS) setCount(hands, hands.at, number);
  hands.fresh = false;
  return true;
}

// Take one key press; true when it meant something here. `options` are the ids in their order on screen.
export function pressHands(hands, key, options) {
  const place = key.length === 1 ? LETTERS.indexOf(key.toUpperCase()) : -1;
  if (place >= 0 && place < options.length) return chooseAnswer(hands, options[place]);
  if (/^[0-9]$/.test(key)) return hands.at === null ? chooseAnswer(hands, options[Number(key) - 1]) : typeDigit(hands, Number(key));
  if (key === "Delete") {
    Object.assign(hands, newHands());
    return true;
  }
  if (hands.at === null) return false;
  if (key === "+" || key === "=" || key === "-") {
    countHand(hands, hands.at, key === "-" ? -1 : 1);
    hands.fresh = true;
  } else if (key === "Backspace") {
    setCount(hands, hands.at, Math.floor((hands.counts[hands.at] ?? 0) / 10));
    hands.fresh = false;
  } else if (key === "Enter" || key === "Escape") {
    hands.at = null;
  } else return false;
  return true;
}
