// Finds, while somebody types, what the app can show of it; what is chosen goes to the server, which leads there.

const SHOWN = 20
const EMPTY_WORDS = new Set(["a", "and", "at", "by", "for", "in", "my", "of", "the", "to"])
const TITLES = /\b(london|royal) borough of\b/gi
const SAYS_WHAT_THERE_IS =
  "Nothing here is called that. This box finds indicators, boroughs, ICSs, pages, words of the glossary and " +
  "postcodes of London."
const SAYS_WHOLE_POSTCODE = "To see what is near a postcode, type all of it, such as E8 1EA."
// how well a word of a name meets one that was typed; the words of the glossary stand behind figures of their name
const SAME = 8
const BEGINS = 6
const INSIDE = 4
const OTHER_NAME = -1
const AT_START = 4
const GLOSSARY = -3

/** The words of a text in small letters, without accents; a half is .5, however it is written. */
export function wordsOf(text) {
  const plain = text
    .replace(TITLES, "")
    .replace(/½|\s*\b1\/2/g, ".5")
    .normalize("NFKD")
    .replace(/[\p{M}'’]/gu, "")
    .toLowerCase()
  return plain.match(/\d*\.?\d+(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu) ?? []
}

/** How many letters were left out, added, changed or exchanged between what was typed and some beginning of a word. */
export function slips(typed, word) {
  let before = []
  let last = Array.from({ length: word.length + 1 }, (_, at) => at)
  for (let row = 1; row <= typed.length; row += 1) {
    const next = [row]
    for (let at = 1; at <= word.length; at += 1) {
      const isSame = typed[row - 1] === word[at - 1]
      next[at] = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (isSame ? 0 : 1))
      const isExchanged = typed[row - 1] === word[at - 2] && typed[row - 2] === word[at - 1]
      if (row > 1 && at > 1 && isExchanged) next[at] = Math.min(next[at], before[at - 2] + 1)
    }
    before = last
    last = next
  }
  return Math.min(...last)
}

/** What of the entries has every word that was typed, the best first; slips are allowed where nothing has.
 *
 * An entry is [kind, id, name, subject, mark, other names]. The name and the subject of an indicator count alike; a mark is only read.
 */
export function matches(entries, typed) {
  const all = wordsOf(typed)
  const told = all.filter((word) => !EMPTY_WORDS.has(word))
  const asked = told.length ? told : all
  if (!asked.length) return []
  for (const meets of [strictly, loosely]) {
    const found = entries
      .map((entry, place) => ({ entry, place, worth: worthOf(entry, asked, meets) }))
      .filter(({ worth }) => worth > 0)
      .sort((one, other) => other.worth - one.worth || one.place - other.place)
    if (found.length) return found.map(({ entry }) => entry)
  }
  return []
}

/** What was typed, where it is written like a whole postcode; else nothing. Letters may stand for digits. */
export function asPostcode(typed) {
  const signs = typed.normalize("NFKC").replace(/[^a-z0-9]/gi, "")
  const isOne = /^[a-z]{1,2}[0-9oil][a-z0-9]?[0-9oils][a-z]{2}$/i.test(signs) && /\d/.test(signs)
  return isOne ? `${signs.slice(0, -3)} ${signs.slice(-3)}`.toUpperCase() : ""
}

const isPartOfPostcode = (typed) => /^[a-z]{1,2}\d[a-z\d]?(\s*\d[a-z]?)?$/i.test(typed.trim())

const known = new WeakMap()

function textsOf(entry) {
  if (!known.has(entry)) {
    const [kind, , name, subject, , also] = entry
    const told = (text) => wordsOf(text).filter((word) => !EMPTY_WORDS.has(word))
    // what a place or page is, such as a borough, is no name of it
    const isIndicator = kind === "indicator"
    known.set(entry, {
      shown: [told(name), isIndicator ? told(subject) : []],
      also: told(isIndicator ? also : `${also} ${subject}`),
    })
  }
  return known.get(entry)
}

function worthOf(entry, asked, meets) {
  const { shown, also } = textsOf(entry)
  const phrase = asked.join(" ")
  let worth = entry[0] === "word" ? GLOSSARY : 0
  if (shown.some((words) => words.join(" ").startsWith(phrase))) worth += AT_START
  for (const word of asked) {
    const own = Math.max(...shown.flat().map((other) => meets(word, other)))
    const others = Math.max(...also.map((other) => meets(word, other)), 0)
    const best = Math.max(own, others && others + OTHER_NAME)
    if (best <= 0) return 0
    worth += best
  }
  return worth
}

function strictly(typed, word) {
  if (typed === word) return SAME
  return word.startsWith(typed) ? BEGINS : 0
}

function loosely(typed, word) {
  const worth = strictly(typed, word)
  if (worth || typed.length < 4 || /\d/.test(typed)) return worth
  if (word.includes(typed)) return INSIDE
  const allowed = typed.length < 8 ? 1 : 2
  const made = slips(typed, word)
  return made > allowed ? 0 : INSIDE - made
}

const kept = new WeakMap()

export default function draw({ data, parentElement, setTriggerValue }) {
  const find = (selector) => parentElement.querySelector(selector)
  const [box, below, list, said] = [find("input"), find(".below"), find("ul"), find("[role=status]")]
  const entries = JSON.parse(new TextDecoder().decode(data))
  const state = kept.get(parentElement) ?? { found: [], at: 0 }
  kept.get(parentElement)?.listener.abort()
  state.listener = new AbortController()
  kept.set(parentElement, state)
  const options = { signal: state.listener.signal }

  box.addEventListener("input", look, options)
  box.addEventListener("keydown", press, options)
  box.addEventListener("focus", () => box.value.trim() && look(), options)
  box.addEventListener("blur", close, options)
  // the box keeps the focus, so that what is pressed is still there when it is let go
  below.addEventListener("mousedown", (event) => event.preventDefault(), options)
  list.addEventListener(
    "click",
    ({ target }) => take([...list.children].indexOf(target.closest("li"))),
    options,
  )
  // a second click in the same place is no choice on the page below
  const swallow = (event) => {
    if (!state.jumped) return
    if (event.detail > 1) event.stopImmediatePropagation()
    else if (event.type === "mousedown") state.jumped = false
  }
  for (const kind of ["mousedown", "mouseup", "click", "dblclick"])
    window.addEventListener(kind, swallow, { ...options, capture: true })
  return () => state.listener.abort()

  function look() {
    const postcode = asPostcode(box.value)
    const found = matches(entries, box.value)
    const near = ["postcode", postcode, `What is near ${postcode}`, "Near me", ""]
    state.found = [...(postcode ? [near] : []), ...found].slice(0, SHOWN)
    list.replaceChildren(...state.found.map(optionOf))
    list.hidden = !state.found.length
    said.textContent = wordsFor(found.length - SHOWN)
    below.hidden = !box.value.trim()
    list.scrollTop = 0
    box.setAttribute("aria-expanded", String(!below.hidden && !list.hidden))
    mark(0)
  }

  function wordsFor(more) {
    if (!state.found.length) return isPartOfPostcode(box.value) ? SAYS_WHOLE_POSTCODE : SAYS_WHAT_THERE_IS
    return more > 0 ? `And ${more} more: type on to find them.` : ""
  }

  function optionOf([, , name, subject, mark], place) {
    const option = document.createElement("li")
    option.id = `option-${place}`
    option.setAttribute("role", "option")
    option.append(
      ...[name, mark ? `${subject} · ${mark}` : subject].map((text) =>
        Object.assign(document.createElement("span"), { textContent: text }),
      ),
    )
    return option
  }

  function mark(place) {
    state.at = place
    ;[...list.children].forEach((option, own) => {
      option.setAttribute("aria-selected", String(own === place))
      if (own === place && place) option.scrollIntoView({ block: "nearest" })
    })
    const marked = below.hidden ? null : list.children[place]
    if (marked) box.setAttribute("aria-activedescendant", marked.id)
    else box.removeAttribute("aria-activedescendant")
  }

  function press(event) {
    const count = state.found.length
    const steps = { ArrowDown: 1, ArrowUp: count - 1 }
    if (event.isComposing) return
    if (event.key in steps) {
      event.preventDefault()
      if (below.hidden && box.value.trim()) look()
      else if (count) mark((state.at + steps[event.key]) % count)
    } else if (event.key === "Enter") {
      if (below.hidden && box.value.trim()) look()
      take(state.at)
    } else if (event.key === "Escape") {
      if (below.hidden) box.value = ""
      close()
    }
  }

  function close() {
    below.hidden = true
    list.replaceChildren()
    state.found = []
    box.setAttribute("aria-expanded", "false")
    box.removeAttribute("aria-activedescendant")
  }

  function take(place) {
    const chosen = state.found[place]
    if (!chosen) return
    const [kind, id] = chosen
    setTriggerValue("chosen", { kind, id })
    state.jumped = true
    box.value = ""
    close()
    // where a finger has typed, the keys make room for the page
    if (matchMedia("(pointer: coarse)").matches) box.blur()
  }
}
