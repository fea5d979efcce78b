// Says aloud what the page shows since the last choice; makes the menu of narrow screens one that closes after a
// choice and on Escape, and takes and gives back the focus of the keyboard, as do panels that are opened by keyboard; and
// lets tables that are wider than their place be scrolled by keyboard.

const listening = new WeakMap()
let page = location.pathname
const MENU = '[data-testid="stSidebar"]'
const OPENS = '[data-testid="stExpandSidebarButton"]'
const PANEL = '[data-testid="stPopoverBody"]'
const OPENS_PANEL = '[data-testid="stPopover"] button[aria-expanded]'
const STOPS = ":is(a[href], button, input, select, textarea, [tabindex]):not(:disabled, [tabindex='-1'])"
const CLOSES = '[data-testid="stSidebarCollapseButton"] button'

export default function draw({ data, parentElement }) {
  const said = parentElement.querySelector("[role=status]")
  // nothing is said of the first view: its reader has only just heard the title of the window
  if (said.dataset.heard && said.dataset.heard !== data.says) said.textContent = data.says
  said.dataset.heard = data.says

  const isNew = !listening.has(parentElement)
  listening.get(parentElement)?.abort()
  const listener = new AbortController()
  listening.set(parentElement, listener)
  const options = { signal: listener.signal }
  begin()
  // at once, where browsers tell of it
  window.navigation?.addEventListener("currententrychange", begin, options)
  document.addEventListener(
    "click",
    ({ target, detail }) => {
      const opener = target.closest?.(OPENS_PANEL)
      // a press of a key is a click without a count
      if (opener && detail === 0 && opener.ariaExpanded === "false") enter(opener)
      if (target.closest?.(`${MENU} a`)) close()
      if (target.closest?.(OPENS))
        when(
          () => document.querySelector(`${MENU} a`),
          (first) => first.focus(),
        )
    },
    // before Streamlit, which says at once that a panel is open
    { capture: true, ...options },
  )
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key === "Escape" && event.target.closest?.(MENU)) close()
      leave(event)
    },
    { capture: true, ...options },
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
  // a page that is still being drawn has buttons before it has these keys
  if (isNew && opened()?.matches(":focus-visible")) enter(opened())
  return () => listener.abort()

  // another page begins at its top, from however far down a link or a button of the last has led to it
  function begin() {
    if (location.pathname === page) return
    page = location.pathname
    document.querySelector('[data-testid="stMain"]').scrollTo(0, 0)
  }

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

  // a panel lies at the end of the page: without this, its button would be followed by all that comes after it
  function enter(opener) {
    when(
      () => document.querySelector(`${PANEL} ${STOPS}`),
      (first) => {
        if (![opener, opened(), document.body].includes(document.activeElement)) return
        first.focus()
        keepIn(first)
      },
      180,
    )
  }

  // what had the focus may at first be drawn anew, and then nothing has it; or something is drawn before it
  function keepIn(given, frames = 120) {
    if (![given, document.body].includes(document.activeElement)) return
    const first = document.querySelector(`${PANEL} ${STOPS}`)
    if (first && first !== document.activeElement) first.focus()
    if (frames) requestAnimationFrame(() => keepIn(first ?? given, frames - 1))
  }

  // by Escape to its button, and past its last stop to what comes after the button
  function leave(event) {
    const panel = event.target.closest?.(PANEL)
    const opener = opened()
    if (!panel || !opener) return
    const stops = [...panel.querySelectorAll(STOPS)].filter((stop) => stop.checkVisibility())
    const isPast = event.key === "Tab" && event.target === (event.shiftKey ? stops[0] : stops.at(-1))
    // the first Escape closes a list that is open in the panel
    const isLeft = event.key === "Escape" && event.target.ariaExpanded !== "true"
    if (!isLeft && !isPast) return
    if (isLeft || event.shiftKey) event.preventDefault()
    opener.click()
    opener.focus()
  }

  function opened() {
    return document.querySelector(`${OPENS_PANEL}[aria-expanded="true"]`)
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
