// Elements. Words are always put in as text: nothing on this page reads HTML out of a string.

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "multiple", "hidden", "open", "indeterminate"]);

/** `el("button.primary.small", {type: "button", onclick}, "Send")`; empty children and attributes are left out. */
export function el(tag, given = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name || "div");
  if (classes.length) node.classList.add(...classes);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(node.dataset, value);
    else if (PROPERTIES.has(key)) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  fill(node, children);
  return node;
}

/** What stands in `node` becomes these children. */
export function fill(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An address that may stand in a link, or null: the web and mail, nothing that runs. */
export function address(url) {
  try {
    const parsed = new URL(url, location.origin);
    return ["http:", "https:", "mailto:"].includes(parsed.protocol) ? parsed.href : null;
  } catch {
    return null;
  }
}

let count = 0;

/** An id that nothing else on the page has. */
export function freshId(prefix) {
  count += 1;
  return `${prefix}-${count}`;
}

/** True when a key that was pressed belongs to what the person is typing in. */
export function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

/** Does it once, `wait` milliseconds after the last call. */
export function soon(act, wait) {
  let timer = 0;
  return (...given) => {
    clearTimeout(timer);
    timer = setTimeout(() => act(...given), wait);
  };
}
