// Buttons and keys for the map of a place, which deck.gl draws: it listens to the keyboard, but to nothing that zooms by
// hand, has no name, and would take the wheel from whoever only scrolls past it.

const MAP = '[data-testid="stDeckGlJsonChart"] .deck-events-root'
// the keys that deck.gl knows, which are those of an American keyboard
const NEARER = "Equal"
const FURTHER = "Minus"
const KEYS = {
  "+": NEARER,
  "=": NEARER,
  "-": FURTHER,
  ArrowLeft: "ArrowLeft",
  ArrowRight: "ArrowRight",
  ArrowUp: "ArrowUp",
  ArrowDown: "ArrowDown",
}

export default function draw({ data, parentElement, setTriggerValue }) {
  const tools = parentElement.querySelector(".tools")
  const listener = new AbortController()
  const { signal } = listener
  const whole = () => setTriggerValue("whole", true)
  const acts = { in: () => press(NEARER), out: () => press(FURTHER), whole }
  for (const button of tools.querySelectorAll("button"))
    button.addEventListener("click", () => acts[button.dataset.do](), { signal })

  document.addEventListener(
    "keydown",
    (event) => {
      const isOurs = event.isTrusted && event.target.closest?.(MAP)
      if (!isOurs || event.ctrlKey || event.metaKey || event.altKey) return
      const code = KEYS[event.key]
      if (!code && event.key !== "0") return
      // neither the page scrolls, nor does Streamlit or deck.gl, which turns the map, hear the key as it came
      event.preventDefault()
      event.stopPropagation()
      if (code) press(code)
      else whole()
    },
    { capture: true, signal },
  )
  document.addEventListener(
    "wheel",
    (event) => {
      // the wheel alone scrolls the page, as everywhere; pinching on a touchpad comes with the key
      if (!event.ctrlKey && event.target.closest?.(MAP)) event.stopPropagation()
    },
    { capture: true, passive: true, signal },
  )

  // the map is drawn anew when the page is, at any time
  const look = () => {
    const map = document.querySelector(MAP)
    tools.classList.toggle("drawn", Boolean(map))
    if (!map || map.ariaLabel === data.label) return
    map.setAttribute("role", "application")
    map.ariaLabel = data.label
  }
  const drawn = new MutationObserver(look)
  drawn.observe(document.querySelector('[data-testid="stMain"]'), { childList: true, subtree: true })
  signal.addEventListener("abort", () => drawn.disconnect())
  look()
  return () => listener.abort()
}

function press(code) {
  document.querySelector(MAP)?.dispatchEvent(new KeyboardEvent("keydown", { code }))
}
