// Asks the server to draw anew when the browser turns dark or light while a page is open: the page around the pictures
// turns at once, and what was drawn for the other theme could not be read on it.

const PRINTED = matchMedia("print")
// Streamlit turns its own page a moment after the browser, and asks with what it shows then
const FRAMES = 120
let asked

export default function listen({ data, setTriggerValue }) {
  const listener = new AbortController()
  const drawn = `rgb(${[1, 3, 5].map((at) => Number.parseInt(data.page.slice(at, at + 2), 16)).join(", ")})`
  if (ground() === drawn) asked = undefined
  look()
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => look(FRAMES), {
    signal: listener.signal,
  })
  return () => listener.abort()

  function look(frames = 0) {
    const now = ground()
    // paper is light for everybody, and comes from the page as it is; and nobody is asked twice
    if (now !== drawn && now !== asked && !PRINTED.matches) {
      asked = now
      setTriggerValue("turned", true)
    } else if (frames && !listener.signal.aborted) requestAnimationFrame(() => look(frames - 1))
  }
}

function ground() {
  return getComputedStyle(document.querySelector('[data-testid="stApp"]')).backgroundColor
}
