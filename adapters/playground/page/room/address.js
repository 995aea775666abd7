// Who is shown where, as it stands behind the # of the address: `#anna/praktijk/m5+bram/dm-bram`. So a reload and the
// browser's own way back lead where one was.

/** `[{person, channel, thread}]`, for each pane one. */
export function read(hash) {
  return hash
    .replace(/^#/, "")
    .split("+")
    .filter(Boolean)
    .slice(0, 2)
    .map((part) => {
      const [person, channel, thread] = part.split("/").map(decode);
      return { person, channel: channel || null, thread: thread || null };
    });
}

export function write(places) {
  const parts = places.map(({ person, channel, thread }) => [person, channel, thread].filter(Boolean).map(encodeURIComponent).join("/"));
  return `#${parts.join("+")}`;
}

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
