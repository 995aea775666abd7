// Line drawings on a grid of 24, and Kring's mark: a circle of people with a place for one more.

const NS = "http://www.w3.org/2000/svg";

const LINES = {
  back: ["M15 5l-7 7 7 7"],
  beside: ["M4 5h16v14H4z", "M12 5v14"],
  bookmark: ["M7 4h10v16l-5-4-5 4z"],
  chat: ["M4 5h16v11H10l-5 4v-4H4z"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  clock: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M12 7v5l3.5 2"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  compass: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M15.5 8.5l-2 5-5 2 2-5z"],
  copy: ["M9 9h11v11H9z", "M5 15H4V4h11v1"],
  down: ["M6 9.5l6 6 6-6"],
  edit: ["M4 20h4L19 9l-4-4L4 16z"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9.5a2.5 2.5 0 100 5 2.5 2.5 0 000-5z"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4"],
  help: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M9.6 9.4a2.5 2.5 0 114 2c-1 .7-1.6 1.2-1.6 2.3", "M12 16.8v.2"],
  leave: ["M14 4h5v16h-5", "M10 8l-4 4 4 4", "M6 12h9"],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 017 0v3"],
  moon: ["M19.5 14.5A8 8 0 119.5 4.5a6.5 6.5 0 0010 10z"],
  more: ["M5.5 12a.5.5 0 101 0 .5.5 0 00-1 0z", "M11.5 12a.5.5 0 101 0 .5.5 0 00-1 0z", "M17.5 12a.5.5 0 101 0 .5.5 0 00-1 0z"],
  next: ["M5 6l7 6-7 6z", "M18 6v12"],
  open: ["M13 5h6v6", "M19 5l-8 8", "M16 14v5H5V8h5"],
  person: ["M12 4a4 4 0 100 8 4 4 0 000-8z", "M5 20c.7-3.8 3.5-5.5 7-5.5s6.3 1.7 7 5.5"],
  plus: ["M12 5v14", "M5 12h14"],
  reply: ["M9 6L4 11l5 5", "M4 11h9c4 0 7 2 7 7"],
  send: ["M4 12l16-8-5 16-3.5-6.5z", "M11.5 13.5L20 4"],
  slash: ["M15 4L9 20"],
  smile: ["M12 3a9 9 0 100 18 9 9 0 000-18z", "M8.5 14.5c1.8 2.3 5.2 2.3 7 0", "M9 9.5v.2", "M15 9.5v.2"],
  sun: ["M12 8a4 4 0 100 8 4 4 0 000-8z", "M12 2.5v2", "M12 19.5v2", "M2.5 12h2", "M19.5 12h2", "M5.3 5.3l1.4 1.4", "M17.3 17.3l1.4 1.4", "M5.3 18.7l1.4-1.4", "M17.3 6.7l1.4-1.4"],
  trash: ["M5 7h14", "M9 7V4h6v3", "M7 7l1 13h8l1-13"],
  warning: ["M12 4l9 16H3z", "M12 10v4.5", "M12 17.2v.2"],
};

function svg(size, ...parts) {
  const node = document.createElementNS(NS, "svg");
  node.setAttribute("viewBox", `0 0 ${size} ${size}`);
  node.setAttribute("aria-hidden", "true");
  node.setAttribute("focusable", "false");
  node.append(...parts);
  return node;
}

function shape(name, attributes) {
  const node = document.createElementNS(NS, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  return node;
}

/** A line drawing; it takes the colour of the words around it. */
export function icon(name) {
  const node = svg(24, ...LINES[name].map((d) => shape("path", { d })));
  node.classList.add("icon");
  return node;
}

/** Eight people in a circle; the one on top is the newest. */
export function mark() {
  const people = Array.from({ length: 8 }, (_, n) => {
    const turn = (n / 8) * 2 * Math.PI;
    const dot = shape("circle", {
      cx: (16 + 10 * Math.sin(turn)).toFixed(2),
      cy: (16 - 10 * Math.cos(turn)).toFixed(2),
      r: n === 0 ? 3.2 : 2.6,
    });
    dot.classList.add(n === 0 ? "newest" : "there");
    return dot;
  });
  const node = svg(32, ...people);
  node.classList.add("mark");
  return node;
}
