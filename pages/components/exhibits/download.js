// Says what becomes of a file that was asked for by a link: that it is being made, if it takes longer than a second,
// that it is ready, or why there is none. It needs no session: the page may have lost the server meanwhile.
// Without this script the browser follows the link by itself.

const PATIENCE_MS = 1000
const LONGEST_MS = 120_000
const NO_ANSWER =
  "The server does not answer just now. Please press again in a minute: this link stays as it is."
const asked = new WeakMap()

export default function listen() {
  const listener = new AbortController()
  document.addEventListener("click", pressed, { signal: listener.signal })
  return () => listener.abort()
}

function pressed(event) {
  const link = event.target.closest?.(".files a[download]")
  // with a key held down, it is for the browser to open it elsewhere
  if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)
    return
  event.preventDefault()
  take(link)
}

async function take(link) {
  const status = link.closest(".files").querySelector("[role=status]")
  const name = link.getAttribute("aria-label") ?? link.textContent
  // who presses again does not wait for an answer that was lost on its way
  asked.get(link)?.abort()
  const asking = new AbortController()
  asked.set(link, asking)
  const say = (text) => {
    if (asked.get(link) === asking) status.textContent = text
  }
  say("")
  link.setAttribute("aria-busy", "true")
  const timers = [
    setTimeout(() => say(`${name}: being made.`), PATIENCE_MS),
    setTimeout(() => asking.abort(), LONGEST_MS),
  ]
  try {
    const answer = await fetch(link.href, { signal: asking.signal })
    if (answer.ok) {
      hand(await answer.blob(), link.download)
      say(`${name}: ready, with your downloads.`)
    } else say(await refusal(answer))
  } catch {
    say(NO_ANSWER)
  } finally {
    for (const timer of timers) clearTimeout(timer)
    if (asked.get(link) === asking) link.removeAttribute("aria-busy")
  }
}

// One sentence of the app itself; a proxy that cannot reach it has a page of its own
async function refusal(answer) {
  const type = answer.headers.get("content-type") ?? ""
  if (type.startsWith("application/json")) return (await answer.json()).error ?? NO_ANSWER
  return type.startsWith("text/plain") ? await answer.text() : NO_ANSWER
}

function hand(file, name) {
  const held = document.createElement("a")
  held.href = URL.createObjectURL(file)
  held.download = name
  held.click()
  setTimeout(() => URL.revokeObjectURL(held.href), LONGEST_MS)
}
