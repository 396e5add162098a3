// A TwiML document as coloured, indented text.

const span = (name, text) => Object.assign(document.createElement("span"), { className: name, textContent: text });

function* written(element, depth) {
  const indent = "  ".repeat(depth);
  yield `${indent}<`;
  yield span("tag", element.tagName);
  for (const { name, value } of element.attributes) {
    yield span("attr", ` ${name}=`);
    yield span("value", `"${value}"`);
  }
  if (!element.childNodes.length) return yield "/>\n";
  yield ">";
  if (element.children.length) {
    yield "\n";
    for (const child of element.children) yield* written(child, depth + 1);
    yield indent;
  } else yield Object.assign(document.createElement("bdi"), { textContent: element.textContent });
  yield "</";
  yield span("tag", element.tagName);
  yield ">\n";
}

export function pretty(body) {
  const pre = document.createElement("pre");
  const root = new DOMParser().parseFromString(body, "text/xml").documentElement;
  pre.append(...(root.querySelector("parsererror") ? [body] : written(root, 0)));
  return pre;
}
