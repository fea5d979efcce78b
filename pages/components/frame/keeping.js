// Keeps drafts in this browser, for the tab that they were entered in and for those after it. A text is only
// replaced by one that was made from it; anything else is told to the server, which asks the person.

const PREFIX = "beyond-boundaries:draft:"
// after so long without a letter, in milliseconds, what is typed is kept although its box was not left
const PAUSE = 1000
const listening = new WeakMap()
let pause

export default function draw({ data, parentElement, setTriggerValue }) {
  const store = storage()
  const works = !!store && Object.entries(data.drafts).every(([name, draft]) => keep(name, draft))
  tell()

  listening.get(parentElement)?.abort()
  const listener = new AbortController()
  listening.set(parentElement, listener)
  // another tab of this browser has changed something
  window.addEventListener("storage", tell, { signal: listener.signal })
  document.addEventListener("input", keepAfterPause, { signal: listener.signal })
  // a server that has started anew knows nothing of this page before somebody asks it to draw it
  const app = document.querySelector('[data-testid="stApp"]')
  let lost = false
  const connection = new MutationObserver(() => {
    const isConnected = app.dataset.testConnectionState === "CONNECTED"
    if (lost && isConnected) setTriggerValue("told", { found: {}, works, tab: data.tab })
    lost = !isConnected
  })
  connection.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] })
  listener.signal.addEventListener("abort", () => connection.disconnect())
  return () => listener.abort()

  function keepAfterPause({ target }) {
    if (!target.matches(data.typed)) return
    clearTimeout(pause)
    const enter = new KeyboardEvent("keydown", { key: "Enter", ctrlKey: true, bubbles: true })
    pause = setTimeout(() => target.dispatchEvent(enter), PAUSE)
  }

  function read(name) {
    try {
      return JSON.parse(store.getItem(PREFIX + name))
    } catch {
      return null
    }
  }

  function isMadeFrom(draft, stored) {
    const ours = `${data.tab}:`
    return stored.mark === draft.after || (stored.mark.startsWith(ours) && draft.mark.startsWith(ours))
  }

  function keep(name, draft) {
    const stored = read(name)
    if (stored ? stored.mark === draft.mark || !isMadeFrom(draft, stored) : !draft.text) return true
    try {
      store.setItem(PREFIX + name, JSON.stringify({ ...draft, at: new Date().toISOString() }))
      return true
    } catch {
      return false // it is full
    }
  }

  // what this session does not have, or has otherwise
  function tell() {
    const found = {}
    for (let at = 0; store && at < store.length; at += 1) {
      const key = store.key(at)
      const name = key.slice(PREFIX.length)
      const stored = key.startsWith(PREFIX) && read(name)
      const own = data.drafts[name]
      const isOther = own ? stored?.mark !== own.mark && !isMadeFrom(own, stored) : stored?.text
      if (stored && isOther && stored.mark !== data.heard[name]) found[name] = stored
    }
    if (Object.keys(found).length || works !== data.works)
      setTriggerValue("told", { found, works, tab: data.tab })
  }
}

function storage() {
  try {
    window.localStorage.getItem(PREFIX)
    return window.localStorage
  } catch {
    return null // the person has forbidden it
  }
}
