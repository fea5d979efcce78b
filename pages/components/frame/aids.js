// Says aloud what the page shows since the last choice; makes the menu of narrow screens one that closes after a
// choice and on Escape, and takes and gives back the focus of the keyboard; and lets tables that are wider than their
// place be scrolled by keyboard.

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
  const main = document.querySelector('[data-testid="stMain"]')
  let frame
  const look = () => {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      for (const table of main.querySelectorAll("table")) stopAt(table)
    })
  }
  const drawn = new MutationObserver(look)
  drawn.observe(main, { childList: true, subtree: true, attributes: true, attributeFilter: ["open"] })
  window.addEventListener("resize", look, options)
  listener.signal.addEventListener("abort", () => drawn.disconnect())
  look()
  return () => listener.abort()

  // what holds a table that is wider than it is a stop of the keyboard, named by the heading above
  function stopAt(table) {
    const holder = table.parentElement
    if (holder.hasAttribute("role") && !holder.dataset.stop) return
    if (holder.scrollWidth > holder.clientWidth) {
      const headings = [...main.querySelectorAll("h1, h2, h3, summary")]
      const above = headings.findLast(
        (heading) => heading.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING,
      )
      const name = (above?.querySelector("p") ?? above)?.textContent
      holder.dataset.stop = "yes"
      holder.tabIndex = 0
      holder.setAttribute("role", "group")
      holder.setAttribute("aria-label", `Table${name ? ` under ${name}` : ""}, wider than its place`)
    } else if (holder.dataset.stop) {
      for (const name of ["tabindex", "role", "aria-label", "data-stop"]) holder.removeAttribute(name)
    }
  }

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
