import { h } from "./core.js";

export function draw_classify() {
  return { element: h("div", null), read: () => null, write: () => {} };
}
