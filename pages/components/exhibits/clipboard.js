const REFUSED = "This browser does not let the page copy that here: download the file instead."
const waiting = new WeakMap()

const cellOf = (tag, text) => {
  const cell = document.createElement(tag)
  cell.textContent = text
  return cell
}

const asHtml = (lines) => {
  const table = document.createElement("table")
  lines.forEach((line, place) => {
    const row = table.insertRow()
    row.append(...line.map((text) => cellOf(place ? "td" : "th", text)))
  })
  return table.outerHTML
}

const blob = (text, type) => new Blob([text], { type })

export default function draw(component) {
  const { data, parentElement, setTriggerValue } = component
  const [picture, numbers] = parentElement.querySelectorAll("button")
  const sizes = parentElement.querySelector("select")
  if (!sizes.length) sizes.append(...data.sizes.map(([value, text]) => new Option(text, value)))
  const say = (text) => {
    parentElement.querySelector("p").textContent = text
  }
  const copy = (parts, done) => {
    if (!navigator.clipboard?.write || !window.ClipboardItem) return say(REFUSED)
    navigator.clipboard.write([new ClipboardItem(parts)]).then(
      () => say(done),
      () => say(REFUSED),
    )
  }

  if (data.png && waiting.has(parentElement)) {
    const bytes = Uint8Array.from(atob(data.png), (letter) => letter.charCodeAt(0))
    waiting.get(parentElement)(blob(bytes, "image/png"))
    waiting.delete(parentElement)
  }
  picture.onclick = () => {
    say("The picture is being made.")
    // the browser wants the promise in the click itself; the server keeps it
    copy(
      { "image/png": new Promise((keep) => waiting.set(parentElement, keep)) },
      "The picture is on the clipboard.",
    )
    setTriggerValue("wanted", sizes.value)
  }
  numbers.onclick = () =>
    copy(
      {
        "text/plain": blob(data.lines.map((line) => line.join("\t")).join("\n"), "text/plain"),
        "text/html": blob(asHtml(data.lines), "text/html"),
      },
      "The numbers are on the clipboard, to paste into a spreadsheet or a document.",
    )
}
