import { el } from "../parts/dom.js";

export class Tour {
  constructor(desk) {
    this.desk = desk;
    this.node = el("aside.tour", { hidden: true });
  }
  begin() {}
  open() {}
  draw() {}
  saw() {}
}
