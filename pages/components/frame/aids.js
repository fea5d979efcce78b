// Says aloud what the page shows since the last choice, and makes the menu of narrow screens one that closes after
// a choice and on Escape, and takes and gives back the focus of the keyboard.

const listening = new WeakMap()
const MENU = '[data-testid="stSidebar"]'
const OPENS = '[data-testid="stExpandSidebarButton"]'
const CLOSES = '[data-testid="stSidebarCollapseButton"] button'

export default function draw({ data, parentElement }) {
  const said = parentElement.querySelector("[role=status]")
  // nothing is said of the first view: its reader has only just heard the title of the window
  if (said.dataset.heard && said.dataset.heard !== data.says) said.textContent = data.says
  said.dataset.heard = data.says

  listening.get(parentElement)?.abort()
  const listener = new AbortController()
  listening.set(parentElement, listener)
  const options = { signal: listener.signal }
  document.addEventListener(
    "click",
    ({ target }) => {
      if (target.closest?.(`${MENU} a`)) close()
      if (target.closest?.(OPENS))
        when(
          () => document.querySelector(`${MENU} a`),
          (first) => first.focus(),
        )
    },
    options,
  )
  document.addEventListener(
    "keydown",
    ({ key, target }) => {
      if (key === "Escape" && target.closest?.(MENU)) close()
    },
    options,
  )
  return () => listener.abort()

  function close() {
    document.querySelector(CLOSES)?.click()
    when(
      () => document.querySelector(OPENS),
      (button) => button.focus(),
    )
  }
}

// The menu comes and goes a moment after the press
function when(find, then, tries = 40) {
  const found = find()
  if (found?.checkVisibility({ visibilityProperty: true })) then(found)
  else if (tries) requestAnimationFrame(() => when(find, then, tries - 1))
}
